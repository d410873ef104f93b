using System.Collections.Concurrent;
using System.Globalization;
using Governance.Audit;
using Governance.Audit.Traffic;
using Governance.Portal.Features.Models;
using Governance.Registry;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Tokens;
using Governance.Registry.Versions;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Governance.Portal.Tests.Traffic;

/// <summary>
/// The real program is killed (SIGKILL) while four senders send: no acknowledged row is lost and none counts twice, also when
/// every batch is sent again. GOVERNANCE_KILLS says how often; once is enough for every run of the tests.
/// </summary>
public sealed class IngestKillTests(ITestOutputHelper output)
{
    private const int RowsOfABatch = 40;

    private readonly ConcurrentDictionary<int, bool> sent = new(); // by first row: whether it was acknowledged
    private int next;

    [Fact]
    public async Task Whenever_the_program_is_killed_what_it_acknowledged_is_there_once()
    {
        int kills = int.TryParse(Environment.GetEnvironmentVariable("GOVERNANCE_KILLS"), CultureInfo.InvariantCulture, out int many) ? many : 1;
        Random random = new(20_261_121);
        await using ServedPortal portal = await ServedPortal.MakeAsync("served");
        (DeploymentId deployment, UserId otto) = await PrepareAsync(portal);
        for (int round = 0; round < kills; round++)
        {
            await portal.StartAsync();
            using HttpClient client = await SenderAsync(portal, otto);
            using CancellationTokenSource ended = new();
            Task[] senders = [.. Enumerable.Range(0, 4).Select(_ => SendUntilKilledAsync(client, deployment, ended.Token))];
            int before = sent.Values.Count(acknowledged => acknowledged);
            for (int beat = 0; sent.Values.Count(acknowledged => acknowledged) == before; beat++)
            {
                Assert.True(beat < 6_000 && !senders.Any(task => task.IsFaulted), $"Nothing was acknowledged.\n{senders.FirstOrDefault(task => task.IsFaulted)?.Exception}\n{portal.Log}");
                await Task.Delay(10);
            }

            await Task.Delay(random.Next(150));
            await portal.KillAsync();
            await ended.CancelAsync();
            await Task.WhenAll(senders);
            await AssertSoundAsync(portal, deployment);
        }

        output.WriteLine($"{kills} kills; {sent.Values.Count(acknowledged => acknowledged)} of {sent.Count} batches acknowledged");
    }

    private async Task SendUntilKilledAsync(HttpClient client, DeploymentId deployment, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            int first = Interlocked.Add(ref next, RowsOfABatch);
            sent[first] = false;
            try
            {
                (int status, _) = await client.SendAsync($"/api/v1/deployments/{deployment}/traffic", GivenTraffic.Csv(first, RowsOfABatch, 3), $"batch {first}");
                sent[first] = status == 200 ? true : throw new InvalidOperationException($"The portal answered {status}.");
            }
            catch (HttpRequestException)
            {
                return; // killed
            }
        }
    }

    private async Task AssertSoundAsync(ServedPortal portal, DeploymentId deployment)
    {
        await using ServiceProvider registry = Open(portal);
        ReadTraffic read = registry.GetRequiredService<ReadTraffic>();
        TrafficWindow window = await read.WindowAsync(deployment, GivenTraffic.FirstDay, GivenTraffic.FirstDay.AddDays(5), [], default);
        HashSet<string> ids = [.. window.Ids];
        Assert.Equal(window.Rows, ids.Count);
        Assert.All(sent.Where(pair => pair.Value), pair => Assert.True(ids.Contains($"r{pair.Key}") && ids.Contains($"r{pair.Key + RowsOfABatch - 1}"), $"Batch {pair.Key} is lost."));
        Assert.Equal(0, window.Rows % RowsOfABatch); // a batch is there whole or not at all

        // What was not acknowledged is sent again, as a sender would; what was, too.
        IngestFile ingest = registry.GetRequiredService<IngestFile>();
        foreach ((int first, bool acknowledged) in sent)
        {
            IngestOutcome outcome = await ingest.RowsAsync(
                deployment, System.Text.Encoding.UTF8.GetBytes(GivenTraffic.Csv(first, RowsOfABatch, 3)), new TrafficNames(), $"batch {first}", default);
            Assert.True(outcome.AcceptedBefore || !acknowledged);
            sent[first] = true;
        }

        window = await read.WindowAsync(deployment, GivenTraffic.FirstDay, GivenTraffic.FirstDay.AddDays(5), [], default);
        Assert.Equal((sent.Count * RowsOfABatch, window.Rows), (window.Rows, window.Ids.Distinct().Count()));
        await registry.GetRequiredService<SweepArtifacts>().RunAsync(default);
        Assert.Empty((await registry.GetRequiredService<VerifyArtifacts>().RunAsync(default)).Faults);
    }

    private static async Task<(DeploymentId Deployment, UserId Otto)> PrepareAsync(ServedPortal portal)
    {
        await using ServiceProvider registry = Open(portal);
        Person dev = (await registry.GetRequiredService<PeopleQueries>().FindByUserNameAsync("dev", default))!;
        UserId otto = Assert.IsType<AddUserOutcome.Added>(await registry.GetRequiredService<AddUser>().RunAsync(
            Actor.System, new NewUser("otto", "O. Operator", ServedPortal.Password, new HashSet<Role> { Role.Operator }), default)).Person.Id;
        await registry.GetRequiredService<GrantAccess>().RunAsync(Actor.System, otto, "served", GrantExtras.None, default);
        using MemoryStream model = new("weights"u8.ToArray());
        Assert.IsType<RegisterVersionOutcome.Registered>(await registry.GetRequiredService<RegisterVersion>().RunAsync(
            Actor.Person(dev.Id), new NewVersion("served", model, 1 << 10, """{"inputs":[{"name":"x","shape":[null,1],"features":[{"name":"pirat","column":"pirat","kind":"numeric","missing":"error","unseen":"error"}]}],"outputs":[]}"""u8.ToArray(), "First.", []), default));
        return (await GivenTraffic.DeployAsync(registry, "served"), otto);
    }

    private static async Task<HttpClient> SenderAsync(ServedPortal portal, UserId otto)
    {
        await using ServiceProvider registry = Open(portal);
        return await GivenTraffic.SenderAsync(registry, portal.Address, otto, TokenScope.Ingest);
    }

    private static ServiceProvider Open(ServedPortal portal) => new ServiceCollection().AddLogging()
        .AddRegistry(new RegistryOptions { DataFolder = portal.Data }).AddAudit(QuarantineCommand.Options).BuildServiceProvider();
}
