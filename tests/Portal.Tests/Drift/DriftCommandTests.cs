using System.Text.Json;
using Governance.Portal.Tests.CommandLine;

namespace Governance.Portal.Tests.Drift;

public sealed class DriftCommandTests
{
    [Fact]
    public async Task Writes_the_body_of_the_contract()
    {
        using TemporaryCsv before = new("n,c\n" + Rows(0));
        using TemporaryCsv now = new("n,c,extra\n" + Rows(150).Replace("\n", ",1\n", StringComparison.Ordinal));

        CommandRun run = await CommandRun.OfAsync("drift", before.Path, now.Path, "--json", "-");

        Assert.Equal(0, run.Code);
        JsonElement json = run.Json;
        Assert.Equal("governance/drift/1", json.GetProperty("schema").GetString());
        Assert.Equal("column-not-compared", json.GetProperty("warnings")[0].GetProperty("code").GetString());
        JsonElement column = json.GetProperty("columns")[0];
        Assert.Equal(("n", "numeric", "ks", 0.75), (column.GetProperty("name").GetString(), column.GetProperty("kind").GetString(), column.GetProperty("test").GetString(), column.GetProperty("statistic").GetDouble()));
        foreach (string key in (string[])["pValue", "adjustedPValue", "threshold", "noiseFloor", "drifted", "referenceCount", "currentCount", "missingReference", "missingCurrent", "note"])
        {
            Assert.True(column.TryGetProperty(key, out _), key);
        }

        Assert.True(json.GetProperty("dataset").GetProperty("drifted").GetBoolean());
        Assert.Equal(0.5, json.GetProperty("dataset").GetProperty("share").GetDouble());
        Assert.Contains("1 of 2 measured columns drifted", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kinds_columns_and_tests_are_the_users_to_name()
    {
        using TemporaryCsv before = new("n,c\n" + Rows(0));
        using TemporaryCsv kinds = new("{\"n\": \"categorical\"}");

        CommandRun named = await CommandRun.OfAsync("drift", before.Path, before.Path, "--columns", "n", "--kinds", kinds.Path, "--test", "js", "--threshold", "0.2", "--correction", "none", "--json", "-");
        CommandRun joint = await CommandRun.OfAsync("drift", before.Path, before.Path, "--columns", "n", "--test", "mmd", "--sigma", "2", "--json", "-");

        JsonElement column = named.Json.GetProperty("columns")[0];
        Assert.Equal(("categorical", 0), (column.GetProperty("kind").GetString(), column.GetProperty("statistic").GetDouble()));
        Assert.True(column.GetProperty("threshold").GetDouble() >= 0.2);
        Assert.Equal("joint", joint.Json.GetProperty("columns")[0].GetProperty("kind").GetString());
        Assert.False(joint.Json.GetProperty("dataset").GetProperty("drifted").GetBoolean());
    }

    [Theory]
    [InlineData("--columns", "z", "has no column 'z'")]
    [InlineData("--bins", "1", "is no way to bin numbers")]
    [InlineData("--alpha", "2", "--alpha lies between 0 and 1")]
    [InlineData("--sigma", "1", "--sigma is the width of the kernel")]
    public async Task Unusable_flags_are_refused_with_a_sentence(string flag, string value, string sentence)
    {
        using TemporaryCsv before = new("n,c\n" + Rows(0));

        CommandRun run = await CommandRun.OfAsync("drift", before.Path, before.Path, flag, value);

        Assert.Equal(2, run.Code);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
    }

    // Ten times 0 and ten times 100, again and again: a cusum that has learnt the first thirty alarms as soon as it may.
    [Fact]
    public async Task A_stream_is_watched_row_by_row()
    {
        using TemporaryCsv stream = new("t,x\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i},{(i == 60 ? "" : i < 100 ? i % 3 : i % 3 + 50)}\n")));
        using TemporaryCsv reference = new("x\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"{i % 3}\n")));

        CommandRun cusum = await CommandRun.OfAsync("monitor", stream.Path, "--detector", "cusum", "--column", "x", "--json", "-");
        CommandRun calibrated = await CommandRun.OfAsync("monitor", stream.Path, "--detector", "calibrated", "--column", "x", "--reference", reference.Path, "--run-length", "200", "--json", "-");
        CommandRun unnamed = await CommandRun.OfAsync("monitor", stream.Path, "--detector", "adwin");
        CommandRun stray = await CommandRun.OfAsync("monitor", stream.Path, "--detector", "adwin", "--column", "x", "--slack", "1");

        Assert.Equal("governance/monitor/1", cusum.Json.GetProperty("schema").GetString());
        Assert.Equal(100, cusum.Json.GetProperty("alarms")[0].GetInt32());
        Assert.Equal((200, 1), (cusum.Json.GetProperty("count").GetInt32(), cusum.Json.GetProperty("missing").GetInt32()));
        Assert.Contains(100, calibrated.Json.GetProperty("alarms").EnumerateArray().Select(alarm => alarm.GetInt32()));
        Assert.Contains("200 values on average before a false alarm", calibrated.Error, StringComparison.Ordinal);
        Assert.Contains("name one with --column", unnamed.Error, StringComparison.Ordinal);
        Assert.Contains("--slack does not belong to the detector adwin", stray.Error, StringComparison.Ordinal);
    }

    private static string Rows(int shift) => string.Concat(Enumerable.Range(0, 200).Select(i => $"{i + shift},{(i % 2 == 0 ? "a" : "b")}\n"));
}
