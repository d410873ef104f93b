using System.Text.Json;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Fusion;
using Governance.Audit.Runs;

namespace Governance.Audit.Tests.Explanations;

/// <summary>What is written is read back: the rows of a report are read token by token.</summary>
public sealed class ExplanationJsonTests
{
    [Theory]
    [InlineData(1, false, false)]
    [InlineData(1, true, true)]
    [InlineData(3, false, false)]
    [InlineData(3, true, true)]
    public void A_report_reads_back_as_it_was_written(int classes, bool sampled, bool interactions)
    {
        ExplanationReport report = Report(classes, [Row(4, null, classes, sampled, interactions), Row(9, null, classes, sampled, interactions)]);

        string json = JsonSerializer.Serialize(report, ReportJson.Options);
        ExplanationReport read = JsonSerializer.Deserialize<ExplanationReport>(json, ReportJson.Options)!;

        Assert.Equal(json, JsonSerializer.Serialize(read, ReportJson.Options));
        Assert.Equal(classes, read.Rows[1].Values.Count);
        Assert.Equal(report.Transport, read.Transport);
        Assert.Equal(report.Rows[1].Values[^1], read.Rows[1].Values[^1]);
        Assert.Equal(sampled, read.Rows[0].Interval is not null);
    }

    [Fact]
    public void Rows_with_a_class_of_their_own_read_back_as_one_class()
    {
        ExplanationReport report = Report(3, [Row(4, 2, 1, true, true), Row(9, 0, 1, false, false)]);

        string json = JsonSerializer.Serialize(report, ReportJson.Options);
        ExplanationReport read = JsonSerializer.Deserialize<ExplanationReport>(json, ReportJson.Options)!;

        Assert.Equal(json, JsonSerializer.Serialize(read, ReportJson.Options));
        Assert.Equal([2, 0], read.Rows.Select(row => row.ClassIndex!.Value));
        Assert.Single(read.Rows[0].Values);
    }

    [Fact]
    public void A_null_number_is_no_number_and_unknown_properties_are_skipped()
    {
        string json = JsonSerializer.Serialize(Report(1, [Row(4, null, 1, false, false) with { Values = [[double.NaN, 1]] }]), ReportJson.Options)
            .Replace("\"row\":4", "\"note\":{\"row\":[1,{}]},\"row\":4", StringComparison.Ordinal);

        ExplanationReport read = JsonSerializer.Deserialize<ExplanationReport>(json, ReportJson.Options)!;

        Assert.Equal([double.NaN, 1], read.Rows[0].Values[0]);
        Assert.Equal(4, read.Rows[0].Row);
    }

    [Theory]
    [InlineData("\"prediction\":", "\"predicted\":")]
    [InlineData("\"rows\":", "\"lines\":")]
    public void A_missing_property_is_an_error(string property, string other)
    {
        string json = JsonSerializer.Serialize(Report(1, [Row(4, null, 1, false, false)]), ReportJson.Options).Replace(property, other, StringComparison.Ordinal);

        Assert.Throws<KeyNotFoundException>(() => JsonSerializer.Deserialize<ExplanationReport>(json, ReportJson.Options));
    }

    [Fact]
    public void A_text_where_numbers_belong_is_an_error()
    {
        string json = JsonSerializer.Serialize(Report(1, [Row(4, null, 1, false, false)]), ReportJson.Options)
            .Replace("\"values\":[", "\"values\":[\"x\",", StringComparison.Ordinal);

        Assert.ThrowsAny<Exception>(() => JsonSerializer.Deserialize<ExplanationReport>(json, ReportJson.Options));
    }

    private static ExplanationReport Report(int classes, ExplainedRow[] rows) => new()
    {
        Method = "kernel", Output = "probabilities", Classes = [.. Enumerable.Range(0, classes).Select(i => $"c{i}")], Link = "identity", Features = ["a", "b"],
        Background = new BackgroundSummary(5, "00"), BaseValue = [.. Enumerable.Range(0, classes).Select(i => 0.25 * i)], Rows = rows,
        Evaluations = 8, ModelRows = 7, ModelCalls = 6, Converged = true, Transport = new Transport("fused", classes > 1 ? null : "Because.", 4_000_000_000, 2_000_000_000), Provider = "cpu", Seed = 1,
    };

    private static ExplainedRow Row(int row, int? own, int classes, bool sampled, bool interactions) => new()
    {
        Row = row,
        ClassIndex = own,
        Prediction = [.. Enumerable.Range(0, classes).Select(i => 0.5 + i)],
        Values = [.. Enumerable.Range(0, classes).Select(i => (double[])[row + i, -0.1])],
        StandardErrors = sampled ? [.. Enumerable.Range(0, classes).Select(i => (double[])[0.01, 0.02 * i])] : null,
        Interval = sampled ? [.. Enumerable.Range(0, classes).Select(i => (double[][])[[row - 1.0, row + i], [-0.2, 0.1]])] : null,
        AdditivityResidual = [.. Enumerable.Range(0, classes).Select(i => 1e-9 * i)],
        Interactions = interactions ? [.. Enumerable.Range(0, classes).Select(i => (double[][])[[0, 0.5 + i], [0.5 + i, 0]])] : null,
    };
}
