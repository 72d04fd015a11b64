package io.caption4j.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import java.util.Optional;

/** JSON Schemas of the records that are answered, which OpenAPI 3.1 takes as they are. */
final class Schemas {
  private final SchemaBuilder builder;

  Schemas() {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(
            Json.MAPPER, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON);
    config.with(Option.DEFINITIONS_FOR_ALL_OBJECTS);
    config
        .forFields()
        .withPropertyNameOverrideResolver(
            field ->
                Optional.ofNullable(field.getAnnotation(JsonProperty.class))
                    .map(JsonProperty::value)
                    .orElse(null))
        .withDescriptionResolver(
            field ->
                Optional.ofNullable(field.getAnnotation(Doc.class)).map(Doc::value).orElse(null))
        .withRequiredCheck(Schemas::required);
    config
        .forTypesInGeneral()
        .withDescriptionResolver(
            scope ->
                Optional.ofNullable(scope.getType().getErasedType().getAnnotation(Doc.class))
                    .map(Doc::value)
                    .orElse(null));
    builder = new SchemaGenerator(config.build()).buildMultipleSchemaDefinitions();
  }

  private static boolean required(FieldScope field) {
    Doc doc = field.getAnnotation(Doc.class);
    return doc == null || !doc.optional();
  }

  /** The schema of a type, as a reference into {@link #definitions}. */
  ObjectNode of(Class<?> type) {
    return builder.createSchemaReference(type);
  }

  /** All schemas, for the document's {@code components/schemas}; asked for at the end. */
  ObjectNode definitions() {
    return builder.collectDefinitions("components/schemas");
  }
}
