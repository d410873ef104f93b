using Governance.Audit.Data;
using Governance.Audit.Equivalence;
using Governance.Audit.Runs;
using Governance.Registry.Policies;

namespace Governance.Audit.Tests.Equivalence;

/// <summary>The battery on the sample model: a harmful variant is stopped by the group that it harms, a good one passes.</summary>
public sealed class ComputeEquivalenceTests
{
    private static readonly Lazy<FindingsDocument> Good = new(() => GivenVariant.Battery(GivenVariant.Rounded(), GivenVariant.Encoding));

    [Fact]
    public void A_variant_that_harms_one_group_is_stopped_and_the_group_is_named()
    {
        // As mild as it can be and still take 8 points of the group's true positive rate.
        FindingsDocument? found = null;
        foreach (double threshold in (double[])[0.4, 0.35, 0.3, 0.27, 0.24, 0.2, 0.17])
        {
            found = GivenVariant.Battery(GivenVariant.Model, GivenVariant.Harsher(threshold), change: Quick);
            if (Line(found, "tpr", "yes").Difference <= -0.08)
            {
                break;
            }
        }

        EquivalenceReport report = found!.Equivalence!;
        EquivalenceLine accuracy = Line(found, "accuracy", null);
        EquivalenceLine harmed = Line(found, "tpr", "yes");
        Assert.True(accuracy.Difference >= -0.01, $"Accuracy fell by {accuracy.Difference}.");
        Assert.True(harmed.Difference <= -0.08, $"The group's rate fell by {harmed.Difference}.");
        Assert.Equal(LineVerdict.Breaches, report.Verdict);
        Assert.NotEqual(LineVerdict.Meets, harmed.Verdict);
        Assert.Contains("afam = yes", harmed.Sentence, StringComparison.Ordinal);
        Assert.Contains(report.Lines, line => line is { Group: "yes", Verdict: LineVerdict.Breaches });
        Assert.DoesNotContain(report.Failing, line => line.Group == "no");
        Assert.Contains(found.Findings, finding => finding is { Family: "equivalence", Group: "yes", Gate.Verdict: GateVerdict.Breaches });
    }

    // The rates by counting rows of the group in the document's own data.
    [Fact]
    public void Group_rates_are_shares_of_the_rows_of_the_group()
    {
        Table rows = GivenVariant.Rows;
        int[] granted = [.. Enumerable.Range(0, rows.Rows).Where(row => rows.Need("afam").Text(row) == "yes" && rows.Need("deny").Text(row) == "no")];

        EquivalenceLine line = Line(Good.Value, "tpr", "yes");

        Assert.Equal(granted.Length, line.N);
        Assert.Equal(line.B!.Value - line.A!.Value, line.Difference!.Value, 1e-12);
        Assert.True(line.Interval![0] <= line.Difference && line.Difference <= line.Interval[1]);
    }

    [Fact]
    public void Weights_rounded_to_half_precision_meet_every_limit_of_the_default_pack()
    {
        EquivalenceReport report = Good.Value.Equivalence!;

        Assert.True(report.Verdict == LineVerdict.Meets, string.Join("\n", report.Failing.Select(line => line.Sentence)));
        string[] limits = [.. report.Lines.Select(line => line.Limit).OfType<string>().Distinct()];
        Assert.Equal(
            EquivalenceLimits.Of(PolicyPack.Default).Select(limit => limit.Id).Except(EquivalenceLimits.Timed).Order(StringComparer.Ordinal), limits.Order(StringComparer.Ordinal));
        Assert.All(Good.Value.Findings, finding => Assert.Equal(GateVerdict.Meets, finding.Gate!.Verdict));
        Assert.Equal(Good.Value.Findings.Count, Good.Value.Findings.Select(finding => finding.Id).Distinct().Count());
        Assert.All(report.Lines, line => Assert.NotEqual("", line.Sentence));
    }

    [Fact]
    public void The_document_is_the_same_for_any_threads_and_times_stand_beside_it()
    {
        PolicyPack timed = PolicyPack.Default with { Limits = [.. PolicyPack.Default.Limits, new PolicyLimit { Id = EquivalenceLimits.P95Ratio, Name = "P95", Value = 1e6, Stricter = Stricter.Lower, Citation = "test" }] };
        FindingsDocument one = GivenVariant.Battery(GivenVariant.Rounded(), GivenVariant.Encoding, timed, 1, null, out ComputeEquivalence compute);

        Assert.Equal(Convert.ToHexString(SealableFindings.Bytes(one)), Convert.ToHexString(SealableFindings.Bytes(Good.Value)));
        Assert.DoesNotContain("p95", System.Text.Encoding.UTF8.GetString(SealableFindings.Bytes(one)), StringComparison.Ordinal);
        SpeedReport speed = compute.Speed!;
        Assert.Equal([1, 32, 256], speed.Sizes.Select(size => size.Rows));
        Assert.All(speed.Sizes, size => Assert.True(size.A.P50 > 0 && size.A.P50 <= size.A.P95 && size.A.P95 <= size.A.P99 && size.Calls >= 20));
        Assert.Equal(LineVerdict.Meets, Assert.Single(speed.Lines, line => line.Limit == EquivalenceLimits.P95Ratio).Verdict);
    }

    [Fact]
    public void Few_rows_are_inconclusive_and_say_how_many_would_decide()
    {
        FindingsDocument few = GivenVariant.Battery(GivenVariant.Rounded(), GivenVariant.Encoding, change: options => Quick(options) with
        {
            Measures = new AuditMeasures { SpecSha256 = "", Where = "unemp >= 5" },
        });

        EquivalenceLine accuracy = Line(few, "accuracy", null);
        Assert.True(accuracy.N < 381);
        Assert.Equal(LineVerdict.Inconclusive, accuracy.Verdict);
        Assert.True(accuracy.NeededN is null || accuracy.NeededN > accuracy.N);
    }

    [Fact]
    public void A_pack_without_limits_reports_and_judges_nothing()
    {
        FindingsDocument document = GivenVariant.Battery(GivenVariant.Rounded(), GivenVariant.Encoding, BuiltInPacks.Find("default", 2)!.Pack, change: Quick);

        Assert.Empty(document.Findings);
        Assert.Equal(LineVerdict.Reported, document.Equivalence!.Verdict);
    }

    [Fact]
    public void A_battery_without_a_parent_or_a_label_says_what_is_missing()
    {
        AuditTable data = new("hmda", "", GivenVariant.Rows.Keep(["pirat"]), null, null, null);
        AuditInputs inputs = new() { Subject = new AuditSubject("v", 0, "", "", null), Model = GivenVariant.Model, Encoding = null, Evaluation = data, Background = data };
        AuditOptions options = EquivalenceDefaults.Of("b", "p", "hmda", "hmda");

        Assert.Contains("made from", Refusal(inputs), StringComparison.Ordinal);
        Assert.Contains("labelled rows", Refusal(inputs with { Parent = new ParentInputs(inputs.Subject, GivenVariant.Model, null) }), StringComparison.Ordinal);

        string Refusal(AuditInputs given) => Assert.Throws<InputException>(
            () => new ComputeEquivalence(given, options, PolicyPack.Default, TimeProvider.System).Run(1, null!, default)).Message;
    }

    private static AuditOptions Quick(AuditOptions options) => options with { Explanation = options.Explanation with { Rows = 8 } };

    private static EquivalenceLine Line(FindingsDocument document, string name, string? group) =>
        document.Equivalence!.Lines.Single(line => line.Name == name && line.Group == group && line.Where is null);
}
