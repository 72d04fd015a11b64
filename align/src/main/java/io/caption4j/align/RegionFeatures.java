package io.caption4j.align;

/** Where a region's features come from. */
public enum RegionFeatures {
  /** Means over the picture's one feature grid: one pass of the CNN, whatever the boxes. */
  GRID,
  /** Each box cut out and encoded by itself, as Karpathy and Fei-Fei do: a pass for each box. */
  CROPS
}
