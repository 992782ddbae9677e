package io.serin.policy.testing;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a report in the form that build servers read. */
public final class JUnitXml {

  private JUnitXml() {}

  /** One suite for each file of cases. */
  public static String write(TestReport report) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuites");
      var files =
          new TreeMap<>(report.cases().stream().collect(Collectors.groupingBy(CaseResult::file)));
      for (var e : files.entrySet()) {
        suite(xml, e.getKey(), e.getValue());
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("the report cannot be written", e);
    }
    return text.toString();
  }

  private static void suite(XMLStreamWriter xml, String file, List<CaseResult> cases)
      throws XMLStreamException {
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", file);
    xml.writeAttribute("tests", Integer.toString(cases.size()));
    xml.writeAttribute("failures", Long.toString(cases.stream().filter(c -> !c.passed()).count()));
    xml.writeAttribute("errors", "0");
    for (CaseResult c : cases) {
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", file);
      xml.writeAttribute("name", c.name());
      xml.writeAttribute(
          "time", String.format(Locale.ROOT, "%.6f", c.took().toNanos() / 1_000_000_000.0));
      if (!c.passed()) {
        xml.writeStartElement("failure");
        xml.writeAttribute("message", c.problems().getFirst());
        xml.writeCharacters(String.join("\n", c.problems()));
        xml.writeEndElement();
      }
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }
}
