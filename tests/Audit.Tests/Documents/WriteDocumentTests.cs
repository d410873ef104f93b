using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Governance.Audit.Documents;
using Governance.Audit.Fairness;
using Governance.Audit.Findings;
using Governance.Audit.Runs;

namespace Governance.Audit.Tests.Documents;

public sealed partial class WriteDocumentTests
{
    private static readonly string[] Nasty =
    [
        "<script>alert(1)</script>", "| a | b |", "# heading", "[x](javascript:alert(1))", "![i](http://evil/x.png)", "a\r\n\r\n## b", "`code`", "*b* _i_ ~s~",
        "<!-- c -->", "&lt;b&gt;", "1. one", "- item", "> quote", "\u0007\u001b[31m", "http://evil.example", "a\\|b", "---",
    ];

    // Walks the JSON of the evidence: whatever number a document shows stands there, in full precision, under the path it names.
    [Theory]
    [InlineData(DocumentKind.ModelCard)]
    [InlineData(DocumentKind.Validation)]
    [InlineData(DocumentKind.AnnexIv)]
    [InlineData(DocumentKind.Ll144)]
    public void Every_number_is_found_in_the_evidence_that_it_names(DocumentKind kind)
    {
        GovernedDocument document = WriteDocument.Run(kind, GivenAudits.Source(GivenAudits.Hmda));
        JsonNode evidence = JsonNode.Parse(SealableFindings.Bytes(GivenAudits.Hmda))!;
        CitedNumber[] numbers = [.. document.Sections.SelectMany(section => section.Blocks).SelectMany(WriteDocument.Numbers)];

        Assert.True(numbers.Length > 20);
        Assert.All(numbers, number =>
        {
            Assert.Contains(document.Evidence, origin => origin.Id == number.Evidence);
            Assert.Equal(number.Value, EvidencePath.Find(evidence, number.Path)!.GetValue<double>());
        });
        Assert.All(document.Sections.SelectMany(section => section.Blocks).OfType<SealedBlock>(), words =>
            Assert.Equal(words.Text, EvidencePath.Find(evidence, words.Path)!.GetValue<string>()));
        Assert.All(
            document.Sections.SelectMany(section => section.Blocks).OfType<TextBlock>(), words => Assert.DoesNotMatch(Measurement(), words.Text));
    }

    // What looks like a measurement and names no evidence would be a number from nowhere.
    [Theory]
    [InlineData(DocumentKind.ModelCard)]
    [InlineData(DocumentKind.Validation)]
    [InlineData(DocumentKind.AnnexIv)]
    [InlineData(DocumentKind.Ll144)]
    public void No_decimal_number_stands_in_a_table_without_its_evidence(DocumentKind kind)
    {
        GovernedDocument document = WriteDocument.Run(kind, GivenAudits.Source(GivenAudits.Hmda));

        foreach (DocumentValue value in document.Sections.SelectMany(section => section.Blocks).SelectMany(WriteDocument.Values))
        {
            Assert.True(value.Numbers.Count > 0 || !Measurement().IsMatch(value.Text), value.Text);
            foreach (CitedNumber number in value.Numbers)
            {
                Assert.Contains(
                    (string[])[PlainNumbers.Value(number.Value), PlainNumbers.Count((long)number.Value), PlainNumbers.Percent(number.Value), PlainNumbers.Limit(number.Value)],
                    text => value.Text.Contains(text, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void The_same_evidence_gives_the_same_bytes_and_another_number_gives_others()
    {
        foreach (DocumentKind kind in Enum.GetValues<DocumentKind>())
        {
            byte[] first = DocumentJson.Write(WriteDocument.Run(kind, GivenAudits.Source(GivenAudits.Hmda)));

            Assert.Equal(first, DocumentJson.Write(WriteDocument.Run(kind, GivenAudits.Source(GivenAudits.Hmda))));
            FindingsDocument other = GivenAudits.Hmda with { Fairness = null, Performance = null, Findings = [] };
            Assert.NotEqual(first, DocumentJson.Write(WriteDocument.Run(kind, GivenAudits.Source(other))));
        }
    }

    [Fact]
    public void Impact_ratios_are_the_rates_over_the_highest_one_and_small_categories_are_named()
    {
        FindingsDocument audit = GivenAudits.Hmda;
        AttributeFairness afam = audit.Fairness!.Attributes.Single(attribute => attribute.Attribute == "afam");

        Assert.Equal(0.02, afam.Impact!.LeastShare);
        double highest = afam.Groups.Max(group => group.Metrics["selection_rate"]!.Value);
        Assert.All(afam.Impact.Categories, category => Assert.Equal(category.SelectionRate / highest, category.ImpactRatio!.Value, 1e-12));
        Assert.Equal(afam.Summary["demographic_parity_ratio"]!.Value, afam.Impact.Categories.Min(category => category.ImpactRatio!.Value), 1e-12);
        Assert.Equal(1.0, afam.Impact.Categories.Sum(category => category.Share), 1e-12);
    }

    [Fact]
    public void Nothing_measured_stays_visibly_missing()
    {
        DocumentSource nothing = GivenAudits.Source();

        Assert.True(WriteDocument.Run(DocumentKind.AnnexIv, nothing).Missing > 20);
        string card = DocumentMarkdown.Write(WriteDocument.Run(DocumentKind.ModelCard, nothing));
        Assert.Contains("**Missing:** Performance", card, StringComparison.Ordinal);
        Assert.Contains("places are not filled yet", card, StringComparison.Ordinal);
        Assert.Contains("No signed checkpoint", card, StringComparison.Ordinal);
    }

    [Fact]
    public void Annex_iv_has_its_nine_headings_in_order_and_quotes_what_was_attested()
    {
        WrittenBlock words = new("", "A clerk decides.", "Carl", new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero));
        DocumentSource source = GivenAudits.Source(GivenAudits.Hmda) with
        {
            Attestations = new Dictionary<string, WrittenBlock> { ["human-oversight"] = words },
        };

        GovernedDocument document = WriteDocument.Run(DocumentKind.AnnexIv, source);

        Assert.Equal(Enumerable.Range(1, 9), document.Sections.Where(section => section.Level == 1).Select(section => int.Parse(section.Id, CultureInfo.InvariantCulture)));
        DocumentSection oversight = document.Sections.Single(section => section.Id == "2e");
        Assert.Equal("A clerk decides.", Assert.IsType<WrittenBlock>(Assert.Single(oversight.Blocks)).Text);
        Assert.Contains(document.Sections.Single(section => section.Id == "8").Blocks, block => block is MissingBlock);
    }

    [Fact]
    public void Local_law_144_gives_dates_unknowns_and_no_verdict()
    {
        GovernedDocument document = WriteDocument.Run(
            DocumentKind.Ll144, GivenAudits.Source(GivenAudits.Hmda) with { DistributedAt = new DateOnly(2026, 11, 5) });
        string text = DocumentMarkdown.Write(document);

        Assert.Contains("5 Nov 2026", text, StringComparison.Ordinal);
        Assert.Contains("1 Nov 2026", text, StringComparison.Ordinal);
        Assert.Contains("Applicants of unknown category", text, StringComparison.Ordinal);
        Assert.DoesNotContain("breaches", text, StringComparison.Ordinal);
        Assert.DoesNotContain("meets", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_ledgers_size_and_root_stand_on_every_document()
    {
        CheckpointStamp stamp = new(12, new string('d', 64), new DateTimeOffset(2026, 11, 3, 0, 0, 0, TimeSpan.Zero));
        foreach (DocumentKind kind in Enum.GetValues<DocumentKind>())
        {
            string text = DocumentMarkdown.Write(WriteDocument.Run(kind, GivenAudits.Source(GivenAudits.Hmda) with { Ledger = stamp }));

            Assert.Contains($"Ledger: 12 entries, root {stamp.Root}", text, StringComparison.Ordinal);
        }
    }

    // A backslash before every ASCII mark: without them what is left is the text itself, on one line.
    [Fact]
    public void What_people_wrote_is_no_markup()
    {
        foreach (string text in Nasty)
        {
            string escaped = DocumentMarkdown.Escape(text);
            StringBuilder plain = new();
            for (int i = 0; i < escaped.Length; i++)
            {
                bool mark = escaped[i] == '\\';
                plain.Append(mark ? escaped[++i] : escaped[i]);
                Assert.True(mark || !"\\`*_{}[]()#+-.!|<>~&:=@\"'/\r\n".Contains(escaped[i], StringComparison.Ordinal), escaped);
            }

            Assert.Equal(text.Length, plain.Length);
            Assert.DoesNotContain(escaped, char.IsControl);
        }

        string card = DocumentMarkdown.Write(WriteDocument.Run(
            DocumentKind.ModelCard, GivenAudits.Source(GivenAudits.Hmda) with { Purpose = string.Join("\n", Nasty), ModelTitle = Nasty[1], Owner = Nasty[0] }));
        Assert.DoesNotMatch(@"(?<!\\)<", card);
        Assert.DoesNotContain("](", card, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(?<![\w.])\d+\.\d{2,}(?![\d.])", RegexOptions.CultureInvariant)]
    private static partial Regex Measurement();
}
