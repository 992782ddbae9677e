package io.serin.record;

import io.serin.api.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/** Puts the results of all shards together: the same as without shards. */
public final class ShardResults {

  private ShardResults() {}

  private record Read(Path file, ReplayResult result, Part part) {}

  /**
   * Reads the JSON results of shards and puts them together.
   *
   * @param paths files, or directories of {@code *.json} files; together every shard once
   * @throws RecordingException when one is missing or is something else
   */
  public static ReplayResult merge(List<Path> paths) {
    List<Path> files = paths.stream().flatMap(path -> files(path).stream()).toList();
    if (files.size() == 1
        && parse(files.getFirst()) instanceof ReplayResult whole
        && whole.part() == null) {
      return whole;
    }
    List<Read> shards =
        files.stream()
            .map(ShardResults::read)
            .sorted(Comparator.comparingInt(shard -> shard.part.index()))
            .toList();
    requireAlike(shards);
    requireComplete(shards);
    List<Part> parts = shards.stream().map(Read::part).toList();
    List<String> problems =
        inOrder(parts, Part.OfFile::problems, each(shards, r -> r.result.problems()));
    return switch (shards.getFirst().result) {
      case Replay.Result first ->
          Replay.result(
              first.policy(),
              rollouts(parts, each(shards, r -> ((Replay.Result) r.result).replayed())),
              problems,
              null);
      case Comparison.Result first ->
          Comparison.result(
              first.baseline(),
              first.candidate(),
              rollouts(parts, each(shards, r -> ((Comparison.Result) r.result).rollouts())),
              problems,
              null);
      case WhatIf.Result first ->
          WhatIf.result(
              first.simulatedPolicy(),
              rollouts(parts, each(shards, r -> ((WhatIf.Result) r.result).rollouts())),
              problems,
              null);
    };
  }

  private static <T> List<List<T>> each(List<Read> shards, Function<Read, List<T>> of) {
    return shards.stream().map(of).toList();
  }

  private static <T> List<T> rollouts(List<Part> parts, List<List<T>> ofShards) {
    return inOrder(parts, Part.OfFile::rollouts, ofShards);
  }

  /** File by file as they were before they were dealt out to the shards in turn. */
  private static <T> List<T> inOrder(
      List<Part> parts, ToIntFunction<Part.OfFile> count, List<List<T>> ofShards) {
    List<Iterator<T>> rest = ofShards.stream().map(List::iterator).toList();
    List<T> all = new ArrayList<>();
    int rounds = parts.stream().mapToInt(part -> part.files().size()).max().orElse(0);
    for (int round = 0; round < rounds; round++) {
      for (Part part : parts) {
        if (round < part.files().size()) {
          take(rest.get(part.index()), count.applyAsInt(part.files().get(round)), all);
        }
      }
    }
    return all;
  }

  private static <T> void take(Iterator<T> from, int count, List<T> into) {
    for (int i = 0; i < count; i++) {
      into.add(from.next());
    }
  }

  // ── reading ─────────────────────────────────────────────────────────────────────────────────

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      List<Path> json = files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
      if (json.isEmpty()) {
        throw new RecordingException(
            "directory " + path + " holds no *.json files; name where the shards have left theirs");
      }
      return json;
    } catch (IOException e) {
      throw new RecordingException(
          "directory " + path + " cannot be read: " + Unreadable.why(e), e);
    }
  }

  private static Read read(Path file) {
    ReplayResult result = parse(file);
    Part part = result.part();
    if (part == null) {
      throw new RecordingException(
          file + " is not the result of a shard; make it with serin replay --shard I/N -o json");
    }
    boolean adds =
        part.files().stream().mapToInt(Part.OfFile::rollouts).sum() == result.recordings()
            && part.files().stream().mapToInt(Part.OfFile::problems).sum()
                == result.problems().size();
    if (!adds || part.index() < 0 || part.index() >= part.of()) {
      throw new RecordingException(file + " contradicts itself; replay its shard again");
    }
    return new Read(file, result, part);
  }

  private static ReplayResult parse(Path file) {
    try {
      return Json.result(Files.readString(file));
    } catch (IOException e) {
      throw new RecordingException(
          file + " cannot be read: " + Unreadable.why(e) + "; name the results of shards", e);
    } catch (JacksonException e) {
      throw new RecordingException(
          file + " is no result of serin replay -o json: it is not one JSON object of that form",
          e);
    } catch (RecordingException e) {
      throw new RecordingException(
          file + " is no result of serin replay -o json: " + e.getMessage(), e);
    }
  }

  // ── what belongs together ───────────────────────────────────────────────────────────────────

  private static void requireAlike(List<Read> shards) {
    Read first = shards.getFirst();
    for (Read shard : shards) {
      if (!question(shard).equals(question(first))) {
        throw new RecordingException(
            "%s is %s, but %s is %s; merge shards of one replay"
                .formatted(first.file, question(first), shard.file, question(shard)));
      }
    }
  }

  private static String question(Read shard) {
    String what =
        switch (shard.result) {
          case Replay.Result result -> "a replay with " + result.policy();
          case Comparison.Result result ->
              "a comparison of " + result.candidate() + " with " + result.baseline();
          case WhatIf.Result result -> "a simulation with " + result.simulatedPolicy();
        };
    return what + " in " + shard.part.of() + " shards";
  }

  private static void requireComplete(List<Read> shards) {
    int of = shards.getFirst().part.of();
    for (int i = 0; i < of; i++) {
      int index = i;
      List<Path> files =
          shards.stream().filter(s -> s.part.index() == index).map(Read::file).toList();
      if (files.isEmpty()) {
        throw new RecordingException(
            "shard %d/%d is missing; replay it and name its result, too".formatted(i, of));
      }
      if (files.size() > 1) {
        throw new RecordingException(
            "shard %d/%d is there twice: %s and %s; name it once"
                .formatted(i, of, files.get(0), files.get(1)));
      }
    }
  }
}
