using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Governance.Portal.Tests.Uploads;

/// <summary>
/// Kills the program (SIGKILL) at random moments of uploading and registering. GOVERNANCE_KILLS says how often; a few
/// are enough for every run of the tests.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Few = 3;
    private const string Model = "killed";

    private static readonly string[] Phases = ["begin", "send", "register"];

    private readonly List<(int Number, string Sha256)> acknowledged = [];
    private readonly Dictionary<string, int> phases = [];
    private readonly Dictionary<string, double> usual = new() { ["begin"] = 20, ["send"] = 20, ["register"] = 200 }; // ms

    private readonly Random random = new(20_261_121);

    private byte[]? file; // under way, over restarts
    private string? upload;
    private long offset; // acknowledged

    [Fact]
    public async Task Whenever_the_program_is_killed_rows_files_and_what_was_acknowledged_agree()
    {
        int kills = int.TryParse(Environment.GetEnvironmentVariable("GOVERNANCE_KILLS"), CultureInfo.InvariantCulture, out int many) ? many : Few;
        await using ServedPortal portal = await ServedPortal.MakeAsync(Model);
        int leftovers = 0;
        for (int round = 0; round < kills; round++)
        {
            leftovers += CountStrays(portal);
            await portal.StartAsync();
            await AssertSoundAsync(portal);
            await WorkUntilKilledAsync(portal);
        }

        leftovers += CountStrays(portal);
        await portal.StartAsync();
        await AssertSoundAsync(portal);
        output.WriteLine(
            $"{kills} kills, {acknowledged.Count} versions acknowledged, {leftovers} leftovers swept; killed during " +
            string.Join(", ", phases.OrderBy(phase => phase.Key).Select(phase => $"{phase.Key} {phase.Value}")));
    }

    private async Task WorkUntilKilledAsync(ServedPortal portal)
    {
        using SignedInClient dev = await portal.SignInAsync();
        string fatal = Phases[random.Next(Phases.Length)];
        int spared = fatal == "send" ? random.Next(3) : 0;
        double moment = 1.3 * random.NextDouble(); // in the time that such a request usually takes
        bool dying = false;
        Task killed = Task.CompletedTask;
        Stopwatch watch = new();
        string phase = "";
        if (upload is not null)
        {
            await AskAsync(dev);
        }

        try
        {
            for (int steps = 0; ; steps++)
            {
                Assert.False(steps > 100, "The program answers after it was killed.");
                phase = upload is null ? "begin" : offset < file!.Length ? "send" : "register";
                if (phase == fatal && spared-- == 0)
                {
                    dying = true;
                    killed = KillAfterAsync(portal, moment * usual[phase]);
                }

                watch.Restart();
                await NextAsync(dev);
                usual[phase] = (0.7 * usual[phase]) + (0.3 * watch.Elapsed.TotalMilliseconds);
            }
        }
        catch (Exception fault) when (dying && fault is HttpRequestException or IOException)
        {
            phases[phase] = phases.GetValueOrDefault(phase) + 1;
        }

        await killed;
    }

    private static async Task KillAfterAsync(ServedPortal portal, double milliseconds)
    {
        // Task.Delay is too coarse for moments within one request.
        Stopwatch watch = Stopwatch.StartNew();
        await Task.Run(() => SpinWait.SpinUntil(() => watch.Elapsed.TotalMilliseconds >= milliseconds));
        await portal.KillAsync();
    }

    // After a restart: what was acknowledged is there, and only a registered upload is gone.
    private async Task AskAsync(SignedInClient dev)
    {
        using HttpResponseMessage asked = await dev.CallAsync(HttpMethod.Get, $"/api/v1/uploads/{upload}");
        if (asked.StatusCode == HttpStatusCode.NotFound)
        {
            Assert.Equal(file!.Length, offset);
            upload = null;
            return;
        }

        JsonElement state = await asked.Content.ReadFromJsonAsync<JsonElement>();
        long kept = state.GetProperty("offset").GetInt64();
        Assert.True(kept >= offset, $"{offset} bytes were acknowledged, {kept} are left.");

        // Even a whole file is asked once more, so that it is read back where the program died before that.
        offset = Math.Min(kept, file!.Length - 1);
        if (kept == file.Length)
        {
            using HttpResponseMessage whole = await SendAsync(dev, (int)kept, 0);
            offset = kept;
        }
    }

    // One step on the way of a file: begin, send a piece, register.
    private async Task NextAsync(SignedInClient dev)
    {
        if (upload is null)
        {
            file = GivenModel.Logistic([.. Enumerable.Range(0, random.Next(30_000, 200_000)).Select(_ => random.NextSingle())], 0.5f);
            offset = 0;
            using HttpResponseMessage begun = await dev.CallAsync(
                HttpMethod.Post, "/api/v1/uploads", JsonContent.Create(new { kind = "model", fileName = "net.onnx", length = file.Length, model = Model }));
            Assert.Equal(HttpStatusCode.Created, begun.StatusCode);
            upload = (await begun.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        }
        else if (offset < file!.Length)
        {
            int length = (int)Math.Min(file.Length - offset, random.Next(1, 300_000));
            (await SendAsync(dev, (int)offset, length)).Dispose();
            offset += length;
        }
        else
        {
            await RegisterAsync(dev);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(SignedInClient dev, int from, int length)
    {
        HttpResponseMessage sent = await dev.CallAsync(
            HttpMethod.Patch, $"/api/v1/uploads/{upload}", new ByteArrayContent(file!, from, length), ("Upload-Offset", $"{from}"));
        JsonElement state = await sent.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(sent.StatusCode == HttpStatusCode.OK, state.ToString());
        if (from + length == file!.Length)
        {
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), state.GetProperty("sha256").GetString());
        }

        return sent;
    }

    private async Task RegisterAsync(SignedInClient dev)
    {
        using HttpResponseMessage made = await dev.CallAsync(
            HttpMethod.Post, $"/api/v1/models/{Model}/versions", JsonContent.Create(new { upload }));
        JsonElement answer = await made.Content.ReadFromJsonAsync<JsonElement>();
        if (made.StatusCode == HttpStatusCode.Conflict)
        {
            // It was registered, but killed before the upload was removed and the answer sent: it is not made twice.
            Assert.Equal("same-version", answer.GetProperty("code").GetString());
            (await dev.CallAsync(HttpMethod.Delete, $"/api/v1/uploads/{upload}")).Dispose();
        }
        else
        {
            Assert.True(made.StatusCode == HttpStatusCode.Created, answer.ToString());
            acknowledged.Add((answer.GetProperty("number").GetInt32(), answer.GetProperty("sha256").GetString()!));
        }

        upload = null;
    }

    private async Task AssertSoundAsync(ServedPortal portal)
    {
        await using ServiceProvider registry = portal.OpenRegistry();
        ArtifactInventory store = await registry.GetRequiredService<VerifyArtifacts>().RunAsync(default);
        Assert.Empty(store.Faults);
        Assert.Equal(0, store.Unsettled); // no file without a row once it has started
        Assert.IsType<LedgerVerdict.Holds>(await registry.GetRequiredService<VerifyLedger>().RunAsync(default));

        await using GovernanceDb db = await registry.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        Dictionary<int, string> versions = await db.Versions.ToDictionaryAsync(version => version.Number, version => version.Artifact.Hex);
        Assert.All(acknowledged, each => Assert.Equal(each.Sha256, versions[each.Number]));
    }

    // Files without a row, before the next start sweeps them.
    private static int CountStrays(ServedPortal portal)
    {
        using ServiceProvider registry = portal.OpenRegistry();
        using GovernanceDb db = registry.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContext();
        string folder = registry.GetRequiredService<RegistryOptions>().ArtifactFolder;
        int files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length : 0;
        return files - db.Artifacts.Count();
    }
}
