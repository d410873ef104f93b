using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using Governance.Registry.Checkpoints;
using Governance.Registry.Keys;
using Governance.Registry.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Ledger;

[Collection(PortalTests.Name)]
public sealed class LedgerPagesTests(SamplePortal portal)
{
    [Fact]
    public async Task The_portal_seals_by_itself_and_keeps_a_copy_beside_the_data()
    {
        await WaitAsync(async () => await Checkpoints.OutsideAsync(default) > 0);

        SignedCheckpoint last = (await Checkpoints.LatestAsync(default))!;
        Assert.Contains(last.Note, await portal.Services.GetRequiredService<CheckpointFile>().NotesAsync(default));
        using SignedInClient aude = await portal.SignInAsync("aude");
        Assert.Contains("Signed up to entry", (await aude.GetAsync("/ledger")).QuerySelector("#checkpoints")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auditor_sees_every_entry_and_others_those_of_their_models()
    {
        using SignedInClient aude = await portal.SignInAsync("aude");
        using SignedInClient dev = await portal.SignInAsync("dev");
        using SignedInClient ada = await portal.SignInAsync("ada");

        Assert.Contains("Account added", (await aude.GetAsync("/ledger?action=user.added")).Body!.TextContent, StringComparison.Ordinal);
        IHtmlDocument own = await dev.GetAsync("/ledger?action=user.added");
        Assert.Contains("No entry fits", own.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Model registered", (await dev.GetAsync("/ledger?action=model.registered&model=hmda_fair")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await dev.StatusAsync("/ledger/1"));
        Assert.Null((await ada.GetAsync("/ledger")).QuerySelector("#checkpoints")); // led to the page that says why not
    }

    [Fact]
    public async Task The_filters_find_by_actor_subject_day_number_and_text()
    {
        using SignedInClient aude = await portal.SignInAsync("aude");
        string day = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        Assert.Contains("Version registered", (await aude.GetAsync("/ledger?actor=dev&subject=version")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("No entry fits", (await aude.GetAsync("/ledger?actor=nobody")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("No entry fits", (await aude.GetAsync("/ledger?to=2001-01-01")).Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await aude.GetAsync($"/ledger?from={day}")).QuerySelector("table tbody a.name"));
        Assert.Equal("1", (await aude.GetAsync("/ledger?q=1&action=user")).QuerySelector("tbody a.name[href='/ledger/1']")!.TextContent);
        Assert.Contains("No entry fits", (await aude.GetAsync("/ledger?model=no-such-model")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_downloaded_proof_verifies_with_the_downloaded_key_and_leaf()
    {
        await WaitAsync(async () => (await Checkpoints.LatestAsync(default))?.Size > 1);
        using SignedInClient aude = await portal.SignInAsync("aude");

        TlogProof proof = TlogProof.Parse(await aude.DownloadAsync("/ledger/1/entry.tlog-proof"));
        InstallationKey key = InstallationKey.Read(await aude.DownloadAsync("/ledger/key.pem"));
        byte[] leaf = MerkleTree.HashLeaf(Encoding.UTF8.GetBytes(await aude.DownloadAsync("/ledger/1/leaf.json")));

        Assert.Null(proof.FaultOf(leaf, [key]));
        Assert.Contains("leads from this leaf to the root", (await aude.GetAsync("/ledger/1")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_downloads_as_formula_safe_csv_and_the_keys_are_listed_for_administrators()
    {
        await WaitAsync(async () => (await Checkpoints.LatestAsync(default)) is not null);
        using SignedInClient aude = await portal.SignInAsync("aude");
        using SignedInClient ada = await portal.SignInAsync("ada");

        string csv = await aude.DownloadAsync("/ledger/entries.csv?action=user.added");
        Assert.StartsWith("sequence,at_utc,actor,action,", csv, StringComparison.Ordinal);
        Assert.All(csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1), line => Assert.Contains(",user.added,", line, StringComparison.Ordinal));
        Assert.Contains("signs", (await ada.GetAsync("/admin/keys")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Null((await aude.GetAsync("/admin/keys")).QuerySelector("#rotate"));
    }

    private CheckpointQueries Checkpoints => portal.Services.GetRequiredService<CheckpointQueries>();

    // The worker of the portal runs beside the test.
    private static async Task WaitAsync(Func<Task<bool>> done)
    {
        for (int beat = 0; beat < 300 && !await done(); beat++)
        {
            await Task.Delay(100);
        }

        Assert.True(await done());
    }
}
