using Governance.Registry.Checkpoints;
using Governance.Registry.Evidence;
using Governance.Registry.Models;
using Governance.Registry.SignOffs;
using Governance.Registry.Versions;

namespace Governance.Registry.Tests.Kills;

/// <summary>The process that is killed: audits, reviews, decides and seals checkpoints without an end, and says what is acknowledged.</summary>
internal static class KillWorker
{
    /// <summary>The word that makes this assembly a worker.</summary>
    public const string Word = "work-until-killed";

    /// <summary>Runs when the test assembly is started as a program.</summary>
    /// <param name="args">The word, the folder, and the connection string or nothing.</param>
    public static async Task<int> Main(string[] args)
    {
        if (args is not [Word, string folder, .. string[] connection])
        {
            return 2;
        }

        await using Given given = await Given.AtAsync(folder, connection.FirstOrDefault());
        await SettleAsync(given);
        while (true)
        {
            await OnceAsync(given, Console.Out);
        }
    }

    /// <summary>What a start does with the audits of a process that died: they go on, and here they are ended.</summary>
    public static async Task SettleAsync(Given given)
    {
        await given.Get<ResumeRuns>().RunAsync(default);
        while (await given.Get<ClaimRun>().RunAsync(default) is AuditRun left)
        {
            await given.Get<EndRun>().RunAsync(left.Id, RunStatus.Failed, "Its process was killed.", default);
        }
    }

    /// <summary>One version from its model to its approval, each step said once it is acknowledged.</summary>
    /// <param name="given">The registry.</param>
    /// <param name="said">Where it is said.</param>
    public static async Task OnceAsync(Given given, TextWriter said)
    {
        Model model = await given.ModelAsync($"m{Guid.CreateVersion7():n}"[..30]);
        ModelVersion version = await given.VersionAsync(model);
        EvidenceRecord evidence = await given.EvidenceAsync(version);
        await SayAsync("sealed", evidence.Id);
        Assert.IsType<MoveOutcome.Moved>(await given.MoveAsync(given.Developer, version, StageRequest.Submit));
        await SayAsync("submitted", version.Id);
        Assert.IsType<SignOffOutcome.Recorded>(await given.ReviewAsync(given.Reviewer, version));
        await SayAsync("reviewed", version.Id);
        Assert.IsType<SignOffOutcome.Recorded>(await given.DecideAsync(given.Approver, version));
        await SayAsync("approved", version.Id);
        SignedCheckpoint seal = await given.CheckpointAsync();
        await SayAsync("checkpoint", $"{seal.Size}:{seal.RootHex}");

        Task SayAsync<T>(string step, T what) => said.WriteLineAsync($"{step} {what}");
    }
}
