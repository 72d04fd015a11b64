package io.caption4j.serve;

import io.caption4j.align.ImageIndex;
import io.caption4j.align.ImageSearch;
import io.caption4j.align.RegionProposer;
import io.caption4j.data.Caption4jException;
import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.ImageSize;
import io.caption4j.encoder.RowEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The search of a folder. Its index is made, or brought up to date, in a thread of its own while
 * the server answers already; searches are answered 503 until it is ready. It shows the folder as
 * it was at the start.
 */
public final class FolderSearch implements AutoCloseable {
  /** What an id looks like. */
  static final String ID_FORM = GalleryFolder.ID_FORM;

  private static final Logger LOG = LoggerFactory.getLogger(FolderSearch.class);

  private final GalleryFolder folder;
  private final Path indexFolder;
  private final RowEncoder rows;
  private final RegionProposer proposer;
  private final Consumer<String> told;
  private final ImageLoader loader = new ImageLoader();
  private final Thread indexing = new Thread(this::index, "index");
  private volatile String state = "it has just begun"; // while there is no search yet
  private volatile ImageIndex index; // null until it is ready
  private volatile boolean closed;

  private FolderSearch(
      GalleryFolder folder,
      Path indexFolder,
      RowEncoder rows,
      RegionProposer proposer,
      Consumer<String> told) {
    this.folder = folder;
    this.indexFolder = indexFolder;
    this.rows = rows;
    this.proposer = proposer;
    this.told = told;
  }

  /**
   * Begins to index a folder and the folders in it.
   *
   * @param images the folder
   * @param indexFolder where the index is kept; made if it is missing
   * @param rows makes the region vectors of a picture; closed after this, if at all
   * @param proposer the boxes of these regions
   * @param told hears in a line when the index is ready, or why there is none
   * @throws Caption4jException if it is no folder, or has no pictures
   */
  public static FolderSearch of(
      Path images,
      Path indexFolder,
      RowEncoder rows,
      RegionProposer proposer,
      Consumer<String> told) {
    FolderSearch search =
        new FolderSearch(GalleryFolder.of(images), indexFolder, rows, proposer, told);
    search.folder.notes().forEach(told);
    search.indexing.setDaemon(true);
    search.indexing.start();
    return search;
  }

  private void index() {
    try {
      ImageIndex opened =
          ImageIndex.open(indexFolder, rows, folder.files(), loader, this::progress);
      index = opened;
      told.accept(
          String.format(
              Locale.ROOT,
              "search: %,d pictures of %s are ready, %,d cannot be read.",
              opened.size(),
              folder.path(),
              opened.skipped().size()));
    } catch (CancellationException e) {
      state = "the service is stopping"; // what is encoded is kept for the next time
    } catch (RuntimeException e) {
      state = "it failed, as the service's log tells";
      told.accept("search: there is no index of %s: %s".formatted(folder.path(), e.getMessage()));
      if (!(e instanceof Caption4jException)) {
        LOG.error("The index of {} failed", folder.path(), e);
      }
    }
  }

  private void progress(String task, long done, long total, String detail) {
    if (closed) {
      throw new CancellationException();
    }
    state = String.format(Locale.ROOT, "%,d of %,d pictures are done", done, total);
  }

  /** The picture with an id, if there is one. */
  Optional<Path> file(String id) {
    return folder.file(id);
  }

  /**
   * Finds pictures.
   *
   * @param top most of them, at least 1
   * @throws RequestException 503 if the index is not ready
   */
  SearchAnswer search(AlignService.Sentence sentence, int top) {
    ImageIndex ready = index;
    if (ready == null) {
      throw RequestException.busy("The index of the folder is being made: " + state + ".");
    }
    List<SearchAnswer.Found> found = new ArrayList<>();
    if (ready.size() > 0) {
      new ImageSearch(ready, proposer)
          .best(sentence.words(), top).stream()
              .map(this::found)
              .flatMap(Optional::stream)
              .forEach(found::add);
    }
    return new SearchAnswer(ready.size(), sentence.tokens(), found);
  }

  private Optional<SearchAnswer.Found> found(ImageSearch.Match match) {
    try {
      ImageSize size = loader.size(match.picture());
      return Optional.of(
          new SearchAnswer.Found(
              folder.id(match.picture()),
              folder.name(match.picture()),
              size.width(),
              size.height(),
              match.score(),
              match.boxes().stream().map(Area::of).toList()));
    } catch (ImageException e) {
      return Optional.empty(); // gone meanwhile
    }
  }

  /** Waits for the index; for tests and for those who want no 503. */
  void awaitIndex() throws InterruptedException {
    indexing.join();
  }

  /** Ends the indexing, if it is under way still; goes on where it was at the next start. */
  @Override
  public void close() {
    closed = true;
    try {
      indexing.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
