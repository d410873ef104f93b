using Governance.Audit.Inference;
using Governance.Tests;

namespace Governance.Portal.Tests.CommandLine;

/// <summary>What commands say about the device that runs their models, on a machine without one.</summary>
public sealed class ProviderTests
{
    private static readonly string Samples = Path.Combine(Reference.Repository, "samples");
    private static readonly string Model = Path.Combine(Samples, "models", "digits_cnn", "model.onnx");
    private static readonly string Rows = Path.Combine(Samples, "digits", "test.csv");

    private static readonly string[] Explain = ["explain", Model, "--encoding", Encoding, "--data", Rows, "--row", "0", "--players", "patches:4", "--no-cache"];

    private static string Encoding => Path.Combine(Samples, "models", "digits_cnn", "manifest.json");

    public static TheoryData<string[]> Commands => new()
    {
        (string[])["infer", Model, "--encoding", Encoding, "--data", Rows],
        (string[])[.. Explain, "--method", "kernel"],
        (string[])[.. Explain, "--method", "exact"],
        (string[])[.. Explain, "--method", "integrated-gradients"],
        (string[])[.. Explain, "--method", "saliency", "--fp16"],
        (string[])["audit", Path.Combine(Samples, "hmda-quarterly.yaml")],
        (string[])["reproduce", "none.json", "--spec", Path.Combine(Samples, "hmda-quarterly.yaml")],
        (string[])["pdp", Model, "--encoding", Encoding, "--data", Rows, "--features", "px_3_3"],
        (string[])["compare", Model, Model, "--encoding", Encoding, "--data", Rows],
    };

    [SkippableTheory]
    [MemberData(nameof(Commands))]
    public async Task A_device_that_cannot_be_had_ends_every_command_with_what_is_missing(string[] words)
    {
        Skip.If(ExecutionProviders.Missing() is null, "A device is here.");

        CommandRun run = await CommandRun.OfAsync([.. words, "--provider", "cuda", "--json", "-"]);

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.Equal($"CUDA cannot be used: {ExecutionProviders.Missing()}", run.Error.TrimEnd());
    }

    [SkippableFact]
    public async Task The_first_call_says_why_it_takes_the_CPU()
    {
        Skip.If(ExecutionProviders.Missing() is null, "A device is here.");
        string sentence = $"The model runs on the CPU, because CUDA cannot be used: {ExecutionProviders.Missing()}";
        foreach (string[] words in (string[][])[["infer", Model, "--encoding", Encoding, "--data", Rows], [.. Explain, "--method", "exact"], [.. Explain, "--method", "integrated-gradients"]])
        {
            CommandRun run = await CommandRun.OfAsync([.. words, "--json", "-"]);

            Assert.Equal(0, run.Code);
            Assert.Equal("cpu", run.Json.GetProperty("provider").GetString());
            Assert.Contains(run.Json.GetProperty("warnings").EnumerateArray(), warning => warning.GetProperty("message").GetString() == sentence);
        }
    }
}
