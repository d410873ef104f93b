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
    [InlineData("--threshold", "-1", "--threshold takes a number of at least 0")]
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

    [Fact]
    public async Task Of_two_files_the_one_at_fault_is_named_and_a_chance_is_never_nought()
    {
        using TemporaryCsv before = new("n,c\n" + Rows(0));
        using TemporaryCsv other = new("n;c\n1;a\n");
        using TemporaryCsv far = new("n,c\n" + Rows(1_000));

        CommandRun refused = await CommandRun.OfAsync("drift", before.Path, other.Path);
        CommandRun sigma = await CommandRun.OfAsync("drift", before.Path, before.Path, "--test", "mmd", "--sigma", "0");
        CommandRun joint = await CommandRun.OfAsync("drift", before.Path, far.Path, "--test", "classifier");

        Assert.Equal((2, 2, 0), (refused.Code, sigma.Code, joint.Code));
        Assert.StartsWith($"The file '{other.Path}': Line 1", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--sigma takes a number above 0.", sigma.Error, StringComparison.Ordinal);
        Assert.Contains("with probability below 0.0001.", joint.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_in_which_nothing_can_be_seen_is_not_called_quiet()
    {
        using TemporaryCsv stream = new("none,few,truth,text\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $",{(i < 5 ? "1" : "")},{(i % 40 < i / 40 ? "true" : "false")},{(i == 3 ? "x" : "1")}\n")));

        CommandRun none = await CommandRun.OfAsync("monitor", stream.Path, "--detector", "adwin", "--column", "none");
        CommandRun few = await CommandRun.OfAsync("monitor", stream.Path, "--detector", "cusum", "--column", "few", "--json", "-");
        CommandRun truth = await CommandRun.OfAsync("monitor", stream.Path, "--detector", "ddm", "--column", "truth");
        CommandRun text = await CommandRun.OfAsync("monitor", stream.Path, "--detector", "ddm", "--column", "text");

        Assert.Equal((2, 0, 0, 2), (none.Code, few.Code, truth.Code, text.Code));
        Assert.Contains("there is nothing to watch", none.Error, StringComparison.Ordinal);
        Assert.Contains(few.Json.GetProperty("warnings").EnumerateArray(), warning => warning.GetProperty("code").GetString() == "few-values");
        Assert.Contains("Data row 4 (line 5): the column 'text' holds 'x'", text.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_alarms_are_counted_and_not_all_printed()
    {
        using TemporaryCsv stream = new("x\n" + string.Concat(Enumerable.Range(0, 1_200).Select(i => $"{i % 2}\n")));
        using TemporaryCsv constant = new("x\n" + string.Concat(Enumerable.Repeat("5\n", 100)));

        CommandRun run = await CommandRun.OfAsync("monitor", stream.Path, "--detector", "calibrated", "--reference", constant.Path);

        Assert.Contains("  … 1,150 more; the JSON has all.", run.Output, StringComparison.Ordinal);
        Assert.Contains("1,200 alarms in 1,200 rows", run.Output, StringComparison.Ordinal);
    }

    private static string Rows(int shift) => string.Concat(Enumerable.Range(0, 200).Select(i => $"{i + shift},{(i % 2 == 0 ? "a" : "b")}\n"));
}
