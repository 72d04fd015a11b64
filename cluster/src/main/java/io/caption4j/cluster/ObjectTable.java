package io.caption4j.cluster;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table of objects: a row a picture. */
final class ObjectTable {
  private static final StructType BOX =
      new StructType()
          .add("x", DataTypes.DoubleType, false)
          .add("y", DataTypes.DoubleType, false)
          .add("width", DataTypes.DoubleType, false)
          .add("height", DataTypes.DoubleType, false);

  private static final StructType OBJECT =
      new StructType()
          .add("name", DataTypes.StringType, false)
          .add("score", DataTypes.DoubleType, false)
          .add("box", BOX, false);

  static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("width", DataTypes.IntegerType, true)
          .add("height", DataTypes.IntegerType, true)
          .add("objects", DataTypes.createArrayType(OBJECT, false), true)
          .add("error", DataTypes.StringType, true);

  private ObjectTable() {}

  static List<Row> rows(DetectTask.Detected picture) {
    if (picture.error() != null) {
      return List.of(RowFactory.create(picture.path(), null, null, null, picture.error()));
    }
    Object[] objects = picture.objects().stream().map(ObjectTable::row).toArray();
    return List.of(
        RowFactory.create(picture.path(), picture.width(), picture.height(), objects, null));
  }

  private static Row row(DetectTask.Found found) {
    return RowFactory.create(
        found.name(),
        found.score(),
        RowFactory.create(found.x(), found.y(), found.width(), found.height()));
  }
}
