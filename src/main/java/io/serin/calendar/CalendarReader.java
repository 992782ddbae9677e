package io.serin.calendar;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads the YAML of a calendar. What it does not know it refuses, so that no freeze is overlooked.
 */
final class CalendarReader {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Set<String> TOP = Set.of("zone", "windows", "freezes");
  private static final Set<String> FIELDS =
      Set.of("name", "reason", "days", "from", "to", "since", "until", "namespaces");

  ChangeCalendar read(String yaml) {
    JsonNode tree = tree(yaml);
    if (!tree.isObject()) {
      throw new CalendarException("the calendar is no map; write zone, windows and freezes");
    }
    only(tree, TOP, "the calendar");
    return new ChangeCalendar(
        zone(text(tree, "zone", "UTC")),
        entries(tree.path("windows"), "windows"),
        entries(tree.path("freezes"), "freezes"));
  }

  private static JsonNode tree(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JacksonException e) {
      throw new CalendarException(
          "the calendar is not YAML: " + e.getOriginalMessage().strip().replaceAll("\\s+", " "));
    }
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException _) {
      throw new CalendarException(
          "zone is '" + name + "'; write a name such as Europe/Berlin or UTC");
    }
  }

  private static List<Entry> entries(JsonNode list, String what) {
    if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
      throw new CalendarException(what + " is no list; write one entry after the other");
    }
    List<Entry> entries = new ArrayList<>();
    for (JsonNode one : list) {
      entries.add(entry(one, text(one, "name", what + "[" + entries.size() + "]")));
    }
    return entries;
  }

  private static Entry entry(JsonNode one, String name) {
    if (!one.isObject()) {
      throw new CalendarException(name + " is no map; write name, days, from, to, since, until");
    }
    only(one, FIELDS, "'" + name + "'");
    if (one.has("from") != one.has("to")) {
      throw new CalendarException("'" + name + "' has one of from and to; write both or neither");
    }
    LocalDateTime since = date(one, name, "since", 0);
    LocalDateTime until = date(one, name, "until", 1);
    if (since != null && until != null && !since.isBefore(until)) {
      throw new CalendarException("'" + name + "' ends before it begins; swap since and until");
    }
    return new Entry(
        name,
        text(one, "reason", name),
        days(one, name),
        time(one, name, "from"),
        time(one, name, "to"),
        since,
        until,
        new HashSet<>(texts(one.path("namespaces"))));
  }

  private static LocalTime time(JsonNode one, String name, String field) {
    String text = text(one, field, "00:00");
    try {
      return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    } catch (DateTimeException _) {
      throw new CalendarException(
          "%s of '%s' is '%s'; write a time such as \"09:00\"".formatted(field, name, text));
    }
  }

  /** A date is meant with all of its day. */
  private static @Nullable LocalDateTime date(JsonNode one, String name, String field, int days) {
    String text = text(one, field, "");
    try {
      return text.isEmpty()
          ? null
          : text.contains("T")
              ? LocalDateTime.parse(text)
              : LocalDate.parse(text).plusDays(days).atStartOfDay();
    } catch (DateTimeException _) {
      throw new CalendarException(
          "%s of '%s' is '%s'; write a date such as 2026-12-20 or a time such as 2026-12-20T18:00"
              .formatted(field, name, text));
    }
  }

  private static Set<DayOfWeek> days(JsonNode one, String name) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String range : texts(one.path("days"))) {
      String[] ends = range.strip().split("\\s*-\\s*", -1);
      DayOfWeek last = day(ends[ends.length - 1], name, range);
      DayOfWeek day = day(ends[0], name, range);
      days.add(day);
      while (day != last) {
        day = day.plus(1);
        days.add(day);
      }
    }
    return days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days;
  }

  private static DayOfWeek day(String text, String name, String range) {
    String wanted = text.toUpperCase(Locale.ROOT);
    for (DayOfWeek day : DayOfWeek.values()) {
      if (wanted.length() >= 3 && day.name().startsWith(wanted)) {
        return day;
      }
    }
    throw new CalendarException(
        "days of '%s' is '%s'; write days such as Mon-Fri or [Sat, Sun]".formatted(name, range));
  }

  /** A list, or a text with commas. */
  private static List<String> texts(JsonNode node) {
    if (node.isArray()) {
      List<String> all = new ArrayList<>();
      node.forEach(one -> all.add(one.asString()));
      return all;
    }
    return node.isMissingNode() || node.isNull()
        ? List.of()
        : List.of(node.asString().split("\\s*,\\s*"));
  }

  private static String text(JsonNode node, String field, String otherwise) {
    JsonNode value = node.path(field);
    return value.isMissingNode() || value.isNull() ? otherwise : value.asString();
  }

  private static void only(JsonNode node, Set<String> known, String what) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!known.contains(field.getKey())) {
        throw new CalendarException(
            "%s has no field '%s'; it has %s"
                .formatted(
                    what, field.getKey(), String.join(", ", known.stream().sorted().toList())));
      }
    }
  }
}
