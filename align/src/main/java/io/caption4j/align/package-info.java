/**
 * Which words of a sentence belong to which part of a picture, after Karpathy and Fei-Fei, "Deep
 * Visual-Semantic Alignments for Generating Image Descriptions" (2015); and the search of pictures
 * by words that comes with it.
 */
package io.caption4j.align;
