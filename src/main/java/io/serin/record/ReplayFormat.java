package io.serin.record;

import io.serin.fact.Verdict;
import io.serin.rollout.TickRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Reads of a line what it takes to decide the tick again and to compare: not what rules asked for
 * and because of which facts they fired, not what was written and told, nor how long it took. What
 * it does not understand is read by {@link LineFormat}, whole, or refused. Thread-safe.
 */
final class ReplayFormat implements TickReader {

  private static final Map<String, Object> LEFT_OUT =
      Map.of(
          "TickRecord.asked", List.of(),
          "TickRecord.effects", List.of(),
          "TickRecord.told", List.of(),
          "TickRecord.took", Duration.ZERO,
          "TickRecord.shadows", List.of(),
          "Proposal.because", List.of());

  private static final SerializedString VERSION = new SerializedString(LineFormat.VERSION);

  private final LineFormat whole = new LineFormat();
  private final JsonFactory json =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.threadLocalPool()).build();
  private final RecordReader ticks =
      RecordReader.of(
          TickRecord.class, LEFT_OUT, Map.of(Verdict.class, LineFormat.verdictsByVerb()));

  @Override
  public TickRecord read(byte[] line, int from, int length) {
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), line, from, length)) {
      if (beginsWithVersion(parser)) {
        TickRecord tick = LineFormat.complete((TickRecord) ticks.read(parser));
        if (parser.nextToken() == null) {
          return tick;
        }
      }
    } catch (RuntimeException e) {
      return whole.read(line, from, length);
    }
    return whole.read(line, from, length);
  }

  private static boolean beginsWithVersion(JsonParser parser) {
    if (parser.nextToken() != JsonToken.START_OBJECT
        || !parser.nextName(VERSION)
        || parser.nextToken() != JsonToken.VALUE_STRING) {
      return false;
    }
    FormatVersion.parse(parser.getString()).requireReadable();
    return true;
  }
}
