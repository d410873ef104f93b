using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Quarantine;
using Governance.Tests;
using Element = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Tests.Quarantine;

/// <summary>The child process: what it finds, how it dies, and that its word is not simply believed.</summary>
public sealed class QuarantineTests
{
    private static readonly byte[] Sound = GivenModel.Logistic([2, -1], 0.5f);

    [Fact]
    public async Task Tells_what_a_model_takes_and_gives()
    {
        AdmittedModel model = await GivenQuarantine.AdmitAsync(GivenModel.ZipMapped([2, -1], 0.5f, "no", "yes"));

        InputSpec input = Assert.Single(model.Signature.Inputs);
        Assert.Equal(("x", TensorKind.Float, 2), (input.Name, input.Kind, input.Width));
        Assert.Equal([OutputRole.Label, OutputRole.Probability], model.Signature.Outputs.Select(output => output.Role));
        Assert.Equal(["no", "yes"], model.Signature.Outputs[1].Classes!);
        Assert.All(model.Checks, check => Assert.True(check.Ok, check.Message));
        Assert.Equal(
            ["format", "one-file", "operators", "limits", "sizes", "weights-finite", "loads", "runs", "declared-shapes", "finite", "probabilities", "deterministic", "batches"],
            model.Checks.Select(check => check.Name));
    }

    [Fact]
    public async Task The_signature_is_the_one_that_the_session_in_this_process_has()
    {
        foreach (byte[] file in (byte[][])[Sound, GivenModel.ZipMapped([1, 2, 3], 0, "a", "b")])
        {
            using OnnxPredictor predictor = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, CancellationToken.None);

            ModelSignature seen = (await GivenQuarantine.AdmitAsync(file)).Signature;

            Assert.Equal(System.Text.Json.JsonSerializer.Serialize(predictor.Signature), System.Text.Json.JsonSerializer.Serialize(seen));
        }
    }

    // MatMul of what the row computes: no constant says how large it grows.
    [Fact]
    public async Task A_model_that_needs_too_much_memory_is_refused_by_a_sentence()
    {
        byte[] file = new GivenModel().Input("x", Element.Float, null, 2)
            .Node("Abs", ["x"], ["a"]).Node("ReduceMax", ["a"], ["m"], "", ("keepdims", 0L)).Node("Cast", ["m"], ["i"], "", ("to", (long)Element.Int64))
            .Weights("power", [], (long[])[1L << 33]).Weights("axis", [1], (long[])[0])
            .Node("Mul", ["i", "power"], ["s"]).Node("Unsqueeze", ["s", "axis"], ["size"]).Node("ConstantOfShape", ["size"], ["b"])
            .Node("ReduceMax", ["b"], ["t"], "", ("keepdims", 0L)).Node("Add", ["x", "t"], ["y"]).Output("y", Element.Float, null, 2).Build();

        InputException refusal = await Assert.ThrowsAsync<InputException>(() => GivenQuarantine.AdmitAsync(file));

        Assert.StartsWith("The model needs more than 1,024 MiB of memory", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_takes_too_long_is_refused_by_a_sentence()
    {
        using ModelQuarantine hasty = new(GivenQuarantine.Options with { Processor = TimeSpan.FromSeconds(2) });

        InputException refusal = await Assert.ThrowsAsync<InputException>(() => hasty.AdmitAsync(SlowLoops(), null, null, CancellationToken.None));

        // The run's own limit comes first; on a crowded machine the kernel's may.
        Assert.Matches("^The model took more than (2\\.4|3) seconds of processor time", refusal.Message);
    }

    [Fact]
    public async Task The_kernel_ends_a_child_that_takes_more_processor_time_than_allowed()
    {
        using ModelQuarantine strict = new(GivenQuarantine.Options with { Processor = TimeSpan.FromSeconds(2) });

        InputException refusal = await Assert.ThrowsAsync<InputException>(() => strict.AdmitAsync(SlowProduct(), null, null, CancellationToken.None));

        Assert.StartsWith("The model took more than 3 seconds of processor time", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 0", "no valid report")]
    [InlineData("exit 3", "no valid report")]
    [InlineData("kill -SEGV $$", "crashed while it loaded the model (signal 11)")]
    [InlineData("kill -ABRT $$", "signal 6")]
    [InlineData("echo 'Out of memory.' >&2; kill -ABRT $$", "of memory")]
    [InlineData("kill -KILL $$", "of memory")]
    [InlineData("printf 'hello, I am no frame'", "no valid report")]
    [InlineData("printf '\\007\\377\\377\\377\\177'; sleep 30", "no valid report")]
    [InlineData("printf '\\007\\002\\000\\000\\000{}'", "no valid report")]
    [InlineData("head -c 100000000 /dev/zero; sleep 30", "no valid report")]
    [InlineData("sleep 30", "seconds; such a model is not accepted", 3)]
    public async Task A_child_that_dies_or_talks_nonsense_is_one_sentence(string script, string words, int wall = 20)
    {
        using ModelQuarantine quarantine = new(new QuarantineOptions { Command = ["/bin/sh", "-c", script], Wall = TimeSpan.FromSeconds(wall) });

        InputException refusal = await Assert.ThrowsAsync<InputException>(() => quarantine.AdmitAsync(Sound, null, null, CancellationToken.None));

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_child_inherits_no_variables_but_its_own()
    {
        string seen = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Environment.SetEnvironmentVariable("GOVERNANCE_TEST_SECRET", "a secret of the parent");
        try
        {
            using ModelQuarantine quarantine = new(new QuarantineOptions { Command = ["/bin/sh", "-c", $"/usr/bin/env > '{seen}'"] });
            await Assert.ThrowsAsync<InputException>(() => quarantine.AdmitAsync(Sound, null, null, CancellationToken.None));

            string variables = await File.ReadAllTextAsync(seen);
            Assert.Contains("DOTNET_GCHeapHardLimit", variables, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", variables, StringComparison.OrdinalIgnoreCase);
            Assert.All(variables.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches("^(DOTNET_|ORT_DISABLE|PWD=|_=|SHLVL=|OLDPWD=)", line));
        }
        finally
        {
            Environment.SetEnvironmentVariable("GOVERNANCE_TEST_SECRET", null);
            File.Delete(seen);
        }
    }

    [Fact]
    public async Task A_cancelled_trial_kills_the_child()
    {
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(300));
        using ModelQuarantine quarantine = new(new QuarantineOptions { Command = ["/bin/sh", "-c", "sleep 30"] });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => quarantine.AdmitAsync(Sound, null, null, stop.Token));
    }

    [Fact]
    public async Task A_manifest_of_another_file_is_flagged()
    {
        byte[] manifest = Encoding.UTF8.GetBytes($$"""{"sha256":"{{new string('a', 64)}}","inputs":[{"name":"x","features":[{"name":"a","column":"a","kind":"numeric","missing":"nan","unseen":"error"},{"name":"b","column":"b","kind":"numeric","missing":"nan","unseen":"error"}]}]}""");

        ModelCheck digest = (await GivenQuarantine.AdmitAsync(Sound, manifest)).Checks.Single(check => check.Name == "digest");

        Assert.False(digest.Ok);
    }

    [Fact]
    public async Task A_row_that_changes_with_the_rows_beside_it_is_flagged()
    {
        byte[] file = new GivenModel().Input("x", Element.Float, null, 2).Node("ReduceMean", ["x"], ["m"], "", ("axes", (long[])[0]), ("keepdims", 1L))
            .Node("Sub", ["x", "m"], ["value"]).Output("value", Element.Float, null, 2).Build();

        Assert.Equal(["batches"], (await GivenQuarantine.AdmitAsync(file)).Checks.Where(check => !check.Ok && check.Name != "probabilities").Select(check => check.Name));
    }

    // One product of matrices, within which no runtime looks whether it should stop: only the kernel ends it.
    private static byte[] SlowProduct() => new GivenModel().Input("x", Element.Float, null, 2).Weights("size", [2], (long[])[6_000, 6_000])
        .Node("ConstantOfShape", ["size"], ["a"]).Node("MatMul", ["a", "a"], ["b"]).Node("ReduceSum", ["b"], ["s"], "", ("keepdims", 0L))
        .Node("Add", ["x", "s"], ["y"]).Output("y", Element.Float, null, 2).Build();

    // A million rounds of a matrix product: within the limits of the graph, not within those of time.
    private static byte[] SlowLoops()
    {
        GivenModel body = new GivenModel().Input("i", Element.Int64).Input("c", Element.Bool).Input("v", Element.Float, 300, 300)
            .Node("Identity", ["c"], ["co"]).Node("MatMul", ["v", "v"], ["vo"]).Output("co", Element.Bool).Output("vo", Element.Float, 300, 300);
        return new GivenModel().Input("x", Element.Float, null, 2).Weights("trips", [], (long[])[1_000_000]).Weights("start", [300, 300], new float[90_000])
            .Node("Loop", ["trips", "", "start"], ["end"], "", ("body", body.Graph)).Node("ReduceSum", ["end"], ["s"], "", ("keepdims", 0L))
            .Node("Add", ["x", "s"], ["y"]).Output("y", Element.Float, null, 2).Build();
    }
}
