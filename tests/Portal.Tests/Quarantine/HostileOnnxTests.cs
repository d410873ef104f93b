using System.Diagnostics;
using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Registrations;
using Governance.Portal.Tests.CommandLine;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Quarantine;

/// <summary>Each ONNX file of the hostile set ends as its description says, and the portal does not feel it.</summary>
public sealed class HostileOnnxTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static TheoryData<string, string> Files()
    {
        TheoryData<string, string> files = [];
        string? list = Reference.Folder is null ? null : Path.Combine(Reference.Folder, "data", "hostile", "expected.json");
        if (list is null || !File.Exists(list))
        {
            files.Add("", "");
            return files;
        }

        foreach (JsonElement file in JsonDocument.Parse(File.ReadAllBytes(list)).RootElement.GetProperty("files").EnumerateArray())
        {
            if (file.GetProperty("file").GetString() is string name && name.StartsWith("onnx/", StringComparison.Ordinal))
            {
                files.Add(name, file.GetProperty("expected").GetString()!);
            }
        }

        return files;
    }

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public async Task Inspect_refuses_flags_or_accepts_as_expected(string name, string expected)
    {
        string file = Reference.Path("data", "hostile", name);
        List<string> words = ["inspect", file, "--json", "-", "--provider", "cpu"];
        if (expected.Contains("manifest.json", StringComparison.Ordinal))
        {
            words.AddRange(["--encoding", Reference.Path("data", "models", "hmda_gbt", "manifest.json")]);
        }

        long started = Stopwatch.GetTimestamp();
        CommandRun run = await CommandRun.OfAsync([.. words]);

        Assert.True(Stopwatch.GetElapsedTime(started) < Limit);
        if (expected.StartsWith("reject", StringComparison.Ordinal) || (run.Code == 2 && expected.StartsWith("accept or reject", StringComparison.Ordinal)))
        {
            Assert.Equal((2, ""), (run.Code, run.Output));
            Assert.Single(run.Error.Trim().Split('\n'));
        }
        else
        {
            Assert.Equal(0, run.Code);
            bool flagged = expected.StartsWith("flag", StringComparison.Ordinal) || expected.StartsWith("warn", StringComparison.Ordinal)
                || expected.StartsWith("checksum", StringComparison.Ordinal);
            Assert.True(!flagged || run.Json.GetProperty("warnings").GetArrayLength() > 0, "It was not flagged.");
        }
    }

    [SkippableFact]
    public async Task The_portal_answers_while_it_is_offered_them_and_keeps_nothing_that_it_refuses()
    {
        string folder = Reference.Path("data", "hostile", "onnx");
        await using PortalServer server = await PortalServer.StartAsync();
        Person dev = await server.AddAsync("dev", Role.Developer);
        Actor actor = Actor.Person(dev.Id);
        await server.Services.GetRequiredService<RegisterModel>().RunAsync(actor, new NewModel("hostile", "Hostile", "Is refused.", RiskTier.Low), default);
        using CancellationTokenSource over = new();
        Task<TimeSpan> health = SlowestAnswerAsync(server.Address, over.Token);

        int refused = 0;
        foreach (string file in Directory.EnumerateFiles(folder, "*.onnx").Order())
        {
            try
            {
                await server.Services.GetRequiredService<AdmitVersion>().RunAsync(
                    actor, "hostile", await File.ReadAllBytesAsync(file), null, null, [], default);
            }
            catch (InputException)
            {
                refused++;
            }
        }

        await over.CancelAsync();
        await using GovernanceDb db = await server.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        ModelVersion[] kept = await db.Versions.ToArrayAsync();
        Assert.InRange(refused, 20, 26);
        Assert.Equal(26 - refused, kept.Length);
        Assert.Equal(kept.Length, (await db.Artifacts.ToArrayAsync()).Count(artifact => artifact.Kind == Governance.Registry.Artifacts.ArtifactKind.Model));
        Assert.True(await health < TimeSpan.FromSeconds(5), $"/health/live took {await health}."); // other tests want the cores as well
    }

    private static async Task<TimeSpan> SlowestAnswerAsync(string address, CancellationToken cancellationToken)
    {
        using HttpClient client = new();
        await client.GetStringAsync($"{address}/health/live", CancellationToken.None);
        TimeSpan slowest = TimeSpan.Zero;
        while (!cancellationToken.IsCancellationRequested)
        {
            long started = Stopwatch.GetTimestamp();
            using HttpResponseMessage answer = await client.GetAsync($"{address}/health/live", CancellationToken.None);
            Assert.True(answer.IsSuccessStatusCode);
            slowest = Stopwatch.GetElapsedTime(started) > slowest ? Stopwatch.GetElapsedTime(started) : slowest;
            await Task.Delay(50, CancellationToken.None);
        }

        return slowest;
    }
}
