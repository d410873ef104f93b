using System.Globalization;
using System.Text;
using System.Xml;
using Governance.Audit.Findings;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Audits;

/// <summary>Gates as JUnit XML, so that a build server shows them: a breach fails, an inconclusive gate is skipped.</summary>
internal static class JUnitReport
{
    /// <summary>Writes it, without times: the same audit gives the same bytes.</summary>
    /// <param name="spec">The spec's name.</param>
    /// <param name="audited">The models; a suite each.</param>
    /// <param name="strict">Whether an inconclusive gate fails too.</param>
    public static byte[] Write(string spec, IReadOnlyList<AuditedModel> audited, bool strict)
    {
        using MemoryStream bytes = new();
        using (XmlWriter xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            Finding[] all = [.. audited.SelectMany(model => Gated(model))];
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", Printable(spec));
            Counts(xml, all, strict);
            foreach (AuditedModel model in audited)
            {
                xml.WriteStartElement("testsuite");
                xml.WriteAttributeString("name", Printable(audited.Count == 1 ? spec : $"{spec}: {model.Name}"));
                Counts(xml, [.. Gated(model)], strict);
                foreach (Finding finding in Gated(model))
                {
                    Case(xml, finding, model.Name, strict);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private static IEnumerable<Finding> Gated(AuditedModel model) => model.Document.Findings.Where(finding => finding.Gate is not null);

    private static void Counts(XmlWriter xml, Finding[] findings, bool strict)
    {
        Attribute("tests", findings.Length);
        Attribute("failures", findings.Count(finding => Fails(finding, strict)));
        Attribute("errors", 0);
        Attribute("skipped", findings.Count(finding => finding.Gate!.Verdict == GateVerdict.Inconclusive && !strict));

        void Attribute(string name, int count) => xml.WriteAttributeString(name, count.ToString(CultureInfo.InvariantCulture));
    }

    private static bool Fails(Finding finding, bool strict) =>
        finding.Gate!.Verdict == GateVerdict.Breaches || (strict && finding.Gate.Verdict == GateVerdict.Inconclusive);

    private static void Case(XmlWriter xml, Finding finding, string model, bool strict)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Printable($"{model}.{finding.Family}"));
        xml.WriteAttributeString("name", Printable($"{finding.Gate!.Id}{(finding.Slice is null ? "" : $" ({finding.Slice})")}"));
        if (finding.Gate.Verdict != GateVerdict.Meets)
        {
            xml.WriteStartElement(Fails(finding, strict) ? "failure" : "skipped");
            xml.WriteAttributeString("message", Printable(finding.Sentence));
            if (Fails(finding, strict))
            {
                xml.WriteAttributeString("type", AuditTables.Word(finding.Gate.Verdict));
                xml.WriteString(Printable(finding.Technical ?? finding.Sentence));
            }

            xml.WriteEndElement();
        }

        xml.WriteStartElement("system-out");
        xml.WriteString(Printable(finding.Sentence));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    // What XML 1.0 cannot hold becomes a question mark in a box.
    private static string Printable(string text) => new([.. text.Select((letter, i) =>
        XmlConvert.IsXmlChar(letter)
        || (char.IsHighSurrogate(letter) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
        || (char.IsLowSurrogate(letter) && i > 0 && char.IsHighSurrogate(text[i - 1])) ? letter : '\uFFFD')]);
}
