package io.caption4j.cli;

import io.caption4j.align.AlignException;
import io.caption4j.align.Aligner;
import io.caption4j.align.AlignerRows;
import io.caption4j.align.GridWindows;
import io.caption4j.data.Caption4jException;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.serve.AlignService;
import io.caption4j.serve.FolderSearch;
import io.caption4j.serve.Services;
import io.caption4j.serve.Setting;
import io.caption4j.serve.SettingValues;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What a service has beside its captions: an alignment model, and a folder that it searches. */
final class ServeAlignment implements AutoCloseable {
  private static final String NONE = "none";

  private final Aligner aligner; // null without
  private final FolderSearch search; // null without

  private ServeAlignment(Aligner aligner, FolderSearch search) {
    this.aligner = aligner;
    this.search = search;
  }

  /**
   * Opens what the settings name, and begins to index the folder.
   *
   * @param told hears what is worth a line
   * @throws Caption4jException if what they name cannot be had
   */
  static ServeAlignment of(SettingValues values, EncoderEngine engine, Consumer<String> told) {
    String images = values.text(Setting.SEARCH_IMAGES);
    Aligner aligner = aligner(values.text(Setting.ALIGN_MODEL), engine, told);
    if (aligner == null && !images.isEmpty()) {
      throw new Caption4jException(
          "The pictures in %s cannot be searched without an alignment model; name one by --align-model FILE."
              .formatted(images));
    }
    if (images.isEmpty()) {
      return new ServeAlignment(aligner, null);
    }
    try {
      String index = values.text(Setting.SEARCH_INDEX);
      return new ServeAlignment(
          aligner,
          FolderSearch.of(
              Path.of(images),
              index.isEmpty() ? CacheFolder.users().resolve("search") : Path.of(index),
              new AlignerRows(aligner),
              new GridWindows(),
              told));
    } catch (RuntimeException e) {
      aligner.close();
      throw e;
    }
  }

  private static Aligner aligner(String file, EncoderEngine engine, Consumer<String> told) {
    if (file.equals(NONE)) {
      return null;
    }
    if (!file.isEmpty()) {
      return Aligner.load(Path.of(file), engine);
    }
    try {
      return Aligner.bundled(engine);
    } catch (AlignException e) {
      told.accept("no alignment: " + e.getMessage());
      return null;
    }
  }

  /** Services with what there is, warmed up: else the first request would wait. */
  Services beside(Services captions) {
    if (aligner == null) {
      return captions;
    }
    AlignService service = AlignService.of(aligner);
    service.sentence("a dog and a man");
    Services aligned = captions.withAlignment(service);
    return search == null ? aligned : aligned.withSearch(search);
  }

  @Override
  public void close() {
    if (search != null) {
      search.close(); // before the encoder that it uses
    }
    if (aligner != null) {
      aligner.close();
    }
  }
}
