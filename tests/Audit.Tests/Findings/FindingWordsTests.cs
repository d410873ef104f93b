using Governance.Audit.Findings;
using Governance.Registry.Policies;

namespace Governance.Audit.Tests.Findings;

public sealed class FindingWordsTests
{
    private static readonly FindingWords English = FindingWords.For("en");

    public static TheoryData<string> Kinds => [.. FindingWords.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_finding_has_a_sentence_with_its_uncertainty_in_both_registers(string kind)
    {
        Finding finding = Of(kind);

        Assert.Equal(kind, FindingWords.KindOf(finding));
        string plain = English.Sentence(finding, SentenceRegister.Compliance, 0.95);
        string technical = English.Sentence(finding, SentenceRegister.DataScience, 0.95);

        Assert.NotEqual(plain, technical);
        foreach (string sentence in (string[])[plain, technical])
        {
            Assert.DoesNotContain('{', sentence);
            Assert.EndsWith(".", sentence, StringComparison.Ordinal);
            Assert.Contains("1,234", sentence, StringComparison.Ordinal);
            if (finding.Interval is not null)
            {
                Assert.Contains("95 %", sentence, StringComparison.Ordinal);
                Assert.Contains("0.700", sentence, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(GateVerdict.Meets, null, "It meets the limit of at least 0.80.", "CI inside ≥ 0.80: meets.")]
    [InlineData(GateVerdict.Breaches, null, "It breaches the limit of at least 0.80.", "CI outside ≥ 0.80: breaches.")]
    [InlineData(GateVerdict.Inconclusive, 5_000L, "about 5,000 rows would decide.", "n ≈ 5,000 at the present estimate would decide.")]
    [InlineData(GateVerdict.Inconclusive, null, "It is inconclusive against the limit of at least 0.80.", "Inconclusive against ≥ 0.80.")]
    public void Verdicts_are_said_with_the_limit_and_the_rows_that_would_decide(GateVerdict verdict, long? needed, string plain, string technical)
    {
        Finding finding = Of("ratio") with { Gate = new GateOutcome("g", 0.8, null, verdict, needed) };

        Assert.EndsWith(plain, English.Sentence(finding, SentenceRegister.Compliance, 0.95), StringComparison.Ordinal);
        Assert.EndsWith(technical, English.Sentence(finding, SentenceRegister.DataScience, 0.95), StringComparison.Ordinal);
    }

    [Fact]
    public void The_groups_that_a_ratio_hinges_on_are_named()
    {
        Finding finding = Of("ratio") with
        {
            Extremes = new GroupExtremes("selection_rate", new GroupFigure("yes", 0.4, 81), new GroupFigure("no", 0.9, 395)),
            Small = new SmallGroup("yes", 8, 10, "events"),
        };

        string plain = English.Sentence(finding, SentenceRegister.Compliance, 0.95);

        Assert.Contains("selection rate is lowest for yes with 0.400 (81 rows) and highest for no with 0.900 (395 rows)", plain, StringComparison.Ordinal);
        Assert.Contains("8 cases", plain, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_language_is_taken_up_and_English_fills_its_gaps()
    {
        string folder = Directory.CreateTempSubdirectory("governance-words-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "de.json"), """
                { "compliance": { "score": "{Metric}{slice}{cohort} beträgt {value}{interval}, gemessen an {n} Zeilen.{small}{verdict}",
                                  "part.interval": " (mit {level} Sicherheit zwischen {low} und {high})" },
                  "metrics": { "accuracy": "Trefferquote" } }
                """);

            FindingWords german = FindingWords.For("de-CH", folder);

            Assert.Equal(
                "Trefferquote beträgt 0.800 (mit 95 % Sicherheit zwischen 0.700 und 0.900), gemessen an 1,234 Zeilen.",
                german.Sentence(Of("score"), SentenceRegister.Compliance, 0.95));
            Assert.Equal(English.Sentence(Of("rate"), SentenceRegister.DataScience, 0.95), german.Sentence(Of("rate"), SentenceRegister.DataScience, 0.95));
            Assert.Equal(English.Sentence(Of("score"), SentenceRegister.Compliance, 0.95), FindingWords.For("fr", folder).Sentence(Of("score"), SentenceRegister.Compliance, 0.95));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Finding Of(string kind)
    {
        Finding plain = new() { Id = "x", Family = "fairness", Metric = "tpr", Value = 0.8, Interval = [0.7, 0.9], N = 1_234, Sentence = "" };
        return kind switch
        {
            "ratio" => plain with { Metric = "demographic_parity_ratio", Attribute = "afam", Slice = "afam" },
            "difference" => plain with { Metric = "demographic_parity_difference", Attribute = "afam", Slice = "afam" },
            "rate" => plain with { Attribute = "afam", Group = "yes", Slice = "afam=yes" },
            "score" => plain with { Family = "performance", Metric = "accuracy" },
            "attribution" => plain with { Family = "explanation", Metric = "mean_absolute_attribution", Slice = "income" },
            "residual" => plain with { Family = "explanation", Metric = "additivity_residual", Interval = null },
            "drift" => plain with { Family = "drift", Metric = "ks", Slice = "income", Interval = null, PValue = 0.02 },
            "share" => plain with { Family = "drift", Metric = "share", Interval = null },
            "robustness" => plain with { Family = "robustness", Metric = "flip_rate", Slice = "noise=0.1" },
            "slices" => plain with { Family = "slices", Metric = "error_rate_difference", Slice = "income < 3" },
            "stability" => plain with { Family = "stability", Metric = "accuracy_difference", Slice = "year" },
            _ => plain with { Attribute = "afam", Group = "yes", Value = null, Interval = null, Reason = "no row is positive" },
        };
    }
}
