package io.caption4j.cluster;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table of captions: a row a caption, or a row for a picture that cannot be read. */
final class CaptionTable {
  static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("rank", DataTypes.IntegerType, true)
          .add("caption", DataTypes.StringType, true)
          .add("logProbability", DataTypes.DoubleType, true)
          .add("error", DataTypes.StringType, true);

  private CaptionTable() {}

  static List<Row> rows(CaptionTask.Captioned picture) {
    if (picture.error() != null) {
      return List.of(RowFactory.create(picture.path(), null, null, null, picture.error()));
    }
    List<Row> rows = new ArrayList<>();
    for (CaptionTask.Found found : picture.captions()) {
      rows.add(
          RowFactory.create(
              picture.path(), rows.size() + 1, found.text(), found.logProbability(), null));
    }
    return rows;
  }
}
