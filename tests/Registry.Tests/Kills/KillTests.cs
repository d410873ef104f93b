using System.Diagnostics;
using System.Globalization;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace Governance.Registry.Tests.Kills;

/// <summary>
/// Kills a process (SIGKILL) at random moments of auditing, signing off and sealing checkpoints. GOVERNANCE_KILLS says how
/// often; a few are enough for every run of the tests.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Few = 4;

    private readonly Random random = new(20_261_121);
    private readonly List<(string Step, string What)> acknowledged = [];

    [DatabaseFact]
    public async Task Whenever_the_process_is_killed_no_half_state_is_left_and_the_next_one_goes_on()
    {
        int kills = int.TryParse(Environment.GetEnvironmentVariable("GOVERNANCE_KILLS"), CultureInfo.InvariantCulture, out int many) ? many : Few;
        await using PostgreSqlServer? durable = Databases.Current == Database.PostgreSql ? await PostgreSqlServer.StartAsync(durable: true) : null;
        string? connection = durable?.ConnectionTo(await durable.CreateAsync());
        await using Given given = await Given.NewAsync(connection);
        for (int round = 0; round < kills; round++)
        {
            await WorkUntilKilledAsync(given.Folder, connection);
            await AssertSoundAsync(given);
        }

        await KillWorker.SettleAsync(given);
        await KillWorker.OnceAsync(given, TextWriter.Null);
        await AssertSoundAsync(given);
        output.WriteLine($"{kills} kills; acknowledged: " + string.Join(", ", acknowledged.CountBy(each => each.Step).Select(pair => $"{pair.Key} {pair.Value}")));
    }

    private async Task WorkUntilKilledAsync(string folder, string? connection)
    {
        ProcessStartInfo start = new("dotnet", [typeof(KillTests).Assembly.Location, KillWorker.Word, folder, .. connection is null ? (string[])[] : [connection]])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("The worker did not start.");
        Task<string> error = process.StandardError.ReadToEndAsync();
        int lines = 1 + random.Next(6); // into every step of the first round, and into the second
        while (lines-- > 0)
        {
            string? line = await process.StandardOutput.ReadLineAsync();
            Assert.True(line is not null, "The worker ended by itself: " + (line is null ? await error : ""));
            Note(line!);
        }

        Stopwatch watch = Stopwatch.StartNew();
        double moment = 40 * random.NextDouble(); // milliseconds: a step takes about as long
        SpinWait.SpinUntil(() => watch.Elapsed.TotalMilliseconds >= moment);
        process.Kill();
        await process.WaitForExitAsync();
        while (await process.StandardOutput.ReadLineAsync() is string late)
        {
            Note(late); // it was said before the end
        }
    }

    private void Note(string line)
    {
        if (line.Split(' ') is [string step, string what])
        {
            acknowledged.Add((step, what)); // a line that the kill cut off has no end and may be short: then it is not found below
        }
    }

    private async Task AssertSoundAsync(Given given)
    {
        LedgerVerdict verdict = await given.Get<VerifyLedger>().RunAsync(default);
        Assert.True(verdict is LedgerVerdict.Holds, (verdict as LedgerVerdict.Broken)?.Fault.Sentence);

        await using GovernanceDb db = given.Db();
        HashSet<string> evidence = [.. (await db.Evidence.Select(row => row.Id).ToListAsync()).Select(id => id.ToString())];
        Dictionary<string, Stage> stages = (await db.Versions.Select(row => new { row.Id, row.Stage }).ToListAsync()).ToDictionary(row => row.Id.ToString(), row => row.Stage);
        HashSet<string> reviewed = [.. (await db.SignOffs.Select(row => row.Version).ToListAsync()).Select(id => id.ToString())];
        foreach ((string step, string what) in acknowledged)
        {
            Assert.True(
                step switch
                {
                    "sealed" => evidence.Contains(what),
                    "submitted" => stages[what] is Stage.InReview or Stage.Approved,
                    "reviewed" => reviewed.Contains(what),
                    "approved" => stages[what] == Stage.Approved,
                    "checkpoint" => await RootAsync(given, long.Parse(what.Split(':')[0], CultureInfo.InvariantCulture)) == what.Split(':')[1],
                    _ => true,
                },
                $"{step} {what} was acknowledged and is lost.");
        }
    }

    private static async Task<string> RootAsync(Given given, long size)
    {
        await using GovernanceDb db = given.Db();
        MerkleTree tree = new();
        foreach (string hash in await db.Ledger.Where(entry => entry.Sequence < size).OrderBy(entry => entry.Sequence).Select(entry => entry.Hash).ToListAsync())
        {
            tree.Append(Convert.FromHexString(hash));
        }

        Assert.Equal(Convert.ToHexStringLower(tree.Root()), (await db.Checkpoints.SingleAsync(row => row.Size == size)).Root.Hex);
        return Convert.ToHexStringLower(tree.Root());
    }
}
