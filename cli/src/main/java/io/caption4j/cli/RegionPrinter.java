package io.caption4j.cli;

import io.caption4j.align.AlignException;
import io.caption4j.align.RegionCaption;
import io.caption4j.align.RegionCaptioner;
import io.caption4j.align.RegionProposer;
import io.caption4j.align.RegionSheet;
import io.caption4j.data.FileNames;
import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Captions parts of pictures and prints what is where. */
final class RegionPrinter {
  private final RegionCaptioner captioner;
  private final Function<Path, RegionProposer> proposers;
  private final SheetFolder sheets; // or null
  private final boolean json;
  private final Console console;
  private final ImageLoader loader = new ImageLoader();

  /**
   * Makes one.
   *
   * @param proposers parts of a picture, by its file
   * @param sheets where pictures of them go; null for none
   * @param json whether one JSON object a picture is printed instead of a line a part
   */
  RegionPrinter(
      RegionCaptioner captioner,
      Function<Path, RegionProposer> proposers,
      SheetFolder sheets,
      boolean json,
      Console console) {
    this.captioner = captioner;
    this.proposers = proposers;
    this.sheets = sheets;
    this.json = json;
    this.console = console;
  }

  /**
   * Captions pictures; one that cannot be is told of, and the others go on.
   *
   * @return whether all went well
   */
  boolean print(List<Path> files, ConsoleProgress progress) {
    boolean well = true;
    for (int i = 0; i < files.size(); i++) {
      try {
        print(files.get(i));
      } catch (ImageException | AlignException e) {
        console.message(e.getMessage());
        well = false;
      }
      progress.update("captioning", i + 1, files.size(), "");
    }
    return well;
  }

  private void print(Path file) {
    Pixels picture = loader.load(file);
    List<RegionCaption> captions = captioner.caption(picture, proposers.apply(file));
    Path drawn = null;
    if (sheets != null) {
      drawn = sheets.file(file);
      RegionSheet.write(picture, captions, drawn);
      console.message("what is where: " + Console.printable(drawn));
    }
    if (json) {
      console.json(object(file, captions, drawn));
      return;
    }
    String name = Console.printable(file);
    for (RegionCaption region : captions) {
      console.result(
          String.format(
              Locale.ROOT,
              "%s\t%s\t%s\t%.3f",
              name,
              BoxText.of(region.box()),
              region.caption().text(),
              region.caption().logProbability()));
    }
  }

  private static Map<String, Object> object(Path file, List<RegionCaption> captions, Path drawn) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("image", FileNames.of(file));
    object.put("regions", captions.stream().map(RegionPrinter::object).toList());
    if (drawn != null) {
      object.put("explanation", FileNames.of(drawn));
    }
    return object;
  }

  private static Map<String, Object> object(RegionCaption region) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("text", region.caption().text());
    object.put("logProbability", region.caption().logProbability());
    object.put("box", region.box());
    return object;
  }
}
