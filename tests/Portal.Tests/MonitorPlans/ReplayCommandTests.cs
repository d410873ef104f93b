using System.Text.Json;
using Governance.Portal.Tests.CommandLine;
using Governance.Tests;

namespace Governance.Portal.Tests.MonitorPlans;

/// <summary><c>governance monitors replay</c> on files as people have them: what does not count is told, what cannot be used refused.</summary>
public sealed class ReplayCommandTests : IDisposable
{
    private const string Plan = """
        governance: monitors/1
        name: tried
        budget: { falseAlerts: 1, per: month }
        windows: { day: { every: day } }
        monitors:
          - { id: realised, kind: performance, window: day, metrics: [accuracy] }
        """;

    private static readonly string[] Lines = [.. File.ReadLines(Path.Combine(Reference.Repository, "samples", "hmda", "test.csv")).Take(81)];

    private readonly string folder = Directory.CreateTempSubdirectory("replay-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // Labels in other words than the decisions once counted as the other class: accuracy was wrong without a sound.
    [Fact]
    public async Task Labels_that_are_no_class_or_of_no_request_are_told_and_do_not_count()
    {
        string labels = Write("labels.csv", "request_id,label,arrived_at\n" + string.Concat(Enumerable.Range(0, 80).Select(i => $"r{i},{Label(i)},2026-03-03T00:00:00Z\n")));
        string numbers = Write("numbers.csv", "request_id,label,arrived_at\n" + string.Concat(Enumerable.Range(0, 82).Select(i => $"r{i},{(i < 80 && Label(i) == "yes" ? 1 : 0)},2026-03-03T00:00:00Z\n")));

        JsonElement right = (await ReplayAsync(Requests(), labels, "--label", "deny", "--json", "-")).Json;
        JsonElement wrong = (await ReplayAsync(Requests(), numbers, "--label", "deny", "--json", "-")).Json;

        Assert.Equal(["accuracy", "accuracy"], Readings(right).Select(reading => reading.GetProperty("metric").GetString()));
        Assert.All(Readings(wrong), reading => Assert.Equal("0 of 40 labels are known; 90 % are needed.", reading.GetProperty("sentence").GetString()));
        Assert.Equal([], Codes(right));
        Assert.Equal(["labels-without-request", "labels-of-no-class"], Codes(wrong));
    }

    [Fact]
    public async Task A_request_that_is_there_twice_counts_once()
    {
        CommandRun run = await ReplayAsync(Requests() + Requests()[(Requests().IndexOf('\n', StringComparison.Ordinal) + 1)..], null, "--label", "deny", "--json", "-");

        Assert.Equal(["repeated-ids"], Codes(run.Json));
        Assert.Contains("80 requests", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "--label", "deny", "The requests have no row.")]
    [InlineData(null, "--label-days", "-1", "--label-days takes a number of at least 0.")]
    [InlineData(null, "--score", "chance", "The data has no column 'chance'.")]
    [InlineData(null, "--seed", "1", "no column of the reference is known to hold the label")]
    public async Task What_cannot_be_used_is_refused_in_words(string? rows, string flag, string value, string sentence)
    {
        CommandRun run = await ReplayAsync(rows is null ? Requests() : Requests()[..(Requests().IndexOf('\n', StringComparison.Ordinal) + 1)], null, flag, value);

        Assert.Equal(2, run.Code);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
    }

    private static string Label(int row) => Lines[row + 1].Split(',')[0];

    private static string[] Codes(JsonElement json) =>
        [.. json.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetProperty("code").GetString()!)];

    private static JsonElement[] Readings(JsonElement json) => [.. json.GetProperty("readings").EnumerateArray()];

    // Forty requests on each of two days.
    private static string Requests() => $"request_id,timestamp,{Lines[0]}\n"
        + string.Concat(Enumerable.Range(0, 80).Select(i => $"r{i},2026-03-0{1 + (i / 40)}T06:{i % 40:00}:00Z,{Lines[i + 1]}\n"));

    private Task<CommandRun> ReplayAsync(string requests, string? labels, params string[] flags)
    {
        string samples = Path.Combine(Reference.Repository, "samples");
        return CommandRun.OfAsync(
        [
            "monitors", "replay", "--plan", Write("plan.yaml", Plan), "--reference", Path.Combine(samples, "hmda", "train.csv"), "--requests", Write("requests.csv", requests),
            "--model", Path.Combine(samples, "models", "hmda_logreg", "model.onnx"), "--encoding", Path.Combine(samples, "models", "hmda_logreg", "manifest.json"),
            "--provider", "cpu", .. labels is null ? (string[])[] : ["--labels", labels], .. flags,
        ]);
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
