using System.Text.Json;
using Governance.Audit.Inference.Graphs;
using Governance.Tests;

namespace Governance.Portal.Tests.CommandLine;

public sealed class RefusalTests : IDisposable
{
    private const string Rows = "y,p,s,g\n1,1,0.9,a\n0,1,0.6,a\n1,0,0.4,b\n0,0,0.1,b\n";

    private readonly string folder = Directory.CreateTempSubdirectory("governance-refusal-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("--limit-seconds takes a number such as 0.5, not 'NaN'.", "--limit-seconds", "NaN")]
    [InlineData("--threads takes a whole number, not 'x'.", "--threads", "x")]
    [InlineData("--seed takes a whole number, not '1.5'.", "--seed", "1.5")]
    [InlineData("--provider takes auto, cpu or cuda, not 'tpu'.", "--provider", "tpu")]
    [InlineData("--level takes a number such as 0.5, not '0,9'.", "--level", "0,9")]
    [InlineData("Unrecognized command or argument '--bogus'.", "--bogus")]
    [InlineData("The least rows of a group cannot be negative.", "--min-group", "-1")]
    public async Task A_wrong_flag_is_named_in_one_sentence(string sentence, params string[] flags)
    {
        using TemporaryCsv file = new(Rows);

        CommandRun run = await CommandRun.OfAsync(
            ["fairness", file.Path, "--label", "y", "--prediction", "p", "--protected", "g", "--json", "-", .. flags]);

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.StartsWith(sentence, Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decimal_comma_is_not_read_as_a_group_separator()
    {
        using TemporaryCsv file = new(Rows);

        CommandRun run = await CommandRun.OfAsync("performance", file.Path, "--label", "y", "--score", "s", "--threshold", "0,5");

        Assert.Equal(2, run.Code);
        Assert.StartsWith("--threshold takes a number such as 0.5, not '0,5'.", run.Error, StringComparison.Ordinal);
    }

    // 'ensemble' works by itself and has a command of its own below it.
    [Theory]
    [InlineData("--out", "ensemble", "a.onnx", "b.onnx")]
    [InlineData("argument missing", "ensemble", "a.onnx", "--out", "e.onnx")]
    public async Task A_command_that_works_by_itself_says_what_it_lacks(string missing, params string[] words)
    {
        CommandRun run = await CommandRun.OfAsync(words);

        Assert.Equal(2, run.Code);
        Assert.Contains(missing, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("A command is needed", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_does_not_exist_is_named()
    {
        CommandRun run = await CommandRun.OfAsync("frobnicate");

        Assert.Equal(2, run.Code);
        Assert.StartsWith("There is no command 'frobnicate'; there are serve, ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("Try 'governance --help'.", run.Error.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warnings_are_told_after_a_run_and_not_beside_a_refusal()
    {
        using TemporaryCsv file = new(Rows);
        string[] fairness = ["fairness", file.Path, "--label", "y", "--prediction", "p", "--protected", "g"];

        CommandRun done = await CommandRun.OfAsync(fairness);
        CommandRun refused = await CommandRun.OfAsync([.. fairness, "--reference-group", "g=z"]);

        Assert.StartsWith("warning: 'g' has groups of fewer than 30 rows", done.Error, StringComparison.Ordinal);
        Assert.Equal("The reference group 'z' does not occur in 'g'.", refused.Error.TrimEnd());
    }

    [Theory]
    [InlineData("nowhere/out.json", "its folder does not exist.")]
    [InlineData(".", "it is a folder.")]
    [InlineData("", "it has no name.")]
    public async Task A_file_that_cannot_be_written_is_refused_before_anything_is_measured(string name, string reason)
    {
        using TemporaryCsv file = new(Rows);
        string path = name.Length == 0 ? "" : Path.Combine(folder, name);

        CommandRun run = await CommandRun.OfAsync("performance", file.Path, "--label", "y", "--prediction", "p", "--json", path);

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.Equal($"The file '{path}' cannot be written: {reason}", run.Error.TrimEnd());
    }

    [Fact]
    public async Task A_column_without_values_cannot_be_the_label()
    {
        using TemporaryCsv file = new("y,p,g\n,,a\n,,b\n");

        CommandRun run = await CommandRun.OfAsync("fairness", file.Path, "--label", "y", "--prediction", "p", "--protected", "g");

        Assert.Equal((2, "The column 'y' has no values."), (run.Code, run.Error.TrimEnd()));
    }

    [Fact]
    public async Task A_model_that_never_ends_is_refused_before_it_runs()
    {
        string model = Path.Combine(folder, "loop.onnx");
        await File.WriteAllBytesAsync(model, Endless());
        using TemporaryCsv rows = new("a\n1\n2\n");

        CommandRun infer = await CommandRun.OfAsync("infer", model, "--data", rows.Path, "--json", "-", "--provider", "cpu");

        Assert.Equal((2, ""), (infer.Code, infer.Output));
        Assert.StartsWith("A Loop of the model runs 9,223,372,036,854,775,808 rounds", infer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_mixes_rows_is_run_row_by_row_with_a_warning()
    {
        string model = Path.Combine(folder, "sum.onnx");
        await File.WriteAllBytesAsync(model, new GivenModel()
            .Input("x", TensorProto.Types.DataType.Float, null, 2)
            .Node("ReduceSum", ["x"], ["y"], "", ("keepdims", 0L))
            .Output("y", TensorProto.Types.DataType.Float)
            .Build());
        using TemporaryCsv rows = new("a,b\n1,2\n10,20\n");

        CommandRun run = await CommandRun.OfAsync("infer", model, "--data", rows.Path, "--json", "-", "--provider", "cpu");

        Assert.Equal("[3,30]", JsonSerializer.Serialize(run.Json.GetProperty("outputs")[0].GetProperty("values")));
        Assert.Equal(["row-by-row"], run.Json.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetProperty("code").GetString()));
    }

    // A Loop of 2^63 - 1 steps whose condition stays true.
    private static byte[] Endless()
    {
        GraphProto body = new GivenModel()
            .Input("i", TensorProto.Types.DataType.Int64)
            .Input("on", TensorProto.Types.DataType.Bool)
            .Input("v", TensorProto.Types.DataType.Float, null, 1)
            .Node("Identity", ["on"], ["still"])
            .Node("Identity", ["v"], ["w"])
            .Output("still", TensorProto.Types.DataType.Bool)
            .Output("w", TensorProto.Types.DataType.Float, null, 1)
            .Graph;
        TensorProto yes = new() { DataType = (int)TensorProto.Types.DataType.Bool, Int32Data = { 1 } };
        return new GivenModel()
            .Input("x", TensorProto.Types.DataType.Float, null, 1)
            .Weights("steps", [], [long.MaxValue])
            .Node("Constant", [], ["go"], "", ("value", yes))
            .Node("Loop", ["steps", "go", "x"], ["y"], "", ("body", body))
            .Output("y", TensorProto.Types.DataType.Float, null, 1)
            .Build();
    }
}
