package dev.podhop.reports.xml;

import dev.podhop.reports.DoctorWords;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.out.Shown;
import dev.podhop.run.doctor.DoctorReport;
import dev.podhop.run.doctor.Fault;
import dev.podhop.run.doctor.Severity;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * What the doctor found as JUnit's XML: a test case for each finding, failed where it is at least a
 * warning, and one that passed where there is none.
 */
public final class DoctorJunit {

    private final DoctorWords words;

    public DoctorJunit(Narrator narrator) {
        this.words = new DoctorWords(narrator);
    }

    /** The whole text. */
    public String render(DoctorReport report) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            suite(xml, report);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException(impossible); // a text takes everything
        }
        return text.append('\n').toString();
    }

    private void suite(XMLStreamWriter xml, DoctorReport report) throws XMLStreamException {
        List<Fault> faults = report.faults();
        long failures = faults.stream().filter(DoctorJunit::fails).count();
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "podhop doctor " + clean(report.file()));
        xml.writeAttribute("tests", String.valueOf(Math.max(1, faults.size())));
        xml.writeAttribute("failures", String.valueOf(failures));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", "0");
        xml.writeAttribute("time", "0");
        if (faults.isEmpty()) {
            start(xml, "podhop.doctor", "calls");
            xml.writeEndElement();
        }
        for (Fault fault : faults) {
            start(xml, fault.object(), fault.code().id() + " " + words.title(fault));
            if (fails(fault)) {
                xml.writeStartElement("failure");
                xml.writeAttribute("message", clean(words.title(fault)));
                xml.writeAttribute("type", fault.code().id());
                xml.writeCharacters(clean(words.whole(fault)) + "\n" + clean(
                        fault.where().file() + ":" + fault.where().line()));
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
    }

    private static void start(XMLStreamWriter xml, String of, String name)
            throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", clean(of));
        xml.writeAttribute("name", clean(name));
        xml.writeAttribute("time", "0");
    }

    private static boolean fails(Fault fault) {
        return fault.severity().isAtLeast(Severity.WARNING);
    }

    /** What XML can hold. */
    private static String clean(String text) {
        return Shown.line(text);
    }
}
