using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Governance.Audit.Registrations;
using Governance.Browser.Tests.Browsing;
using Governance.Browser.Tests.Demo;
using Governance.Portal.Features.Datasets;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Keys;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Packs;
using Governance.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Governance.Browser.Tests.Journeys;

/// <summary>From an upload to a pack that proves itself: developer, reviewer, compliance approver and auditor, each in a browser of their own.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class PackJourneyTests(Chromium chromium) : IAsyncLifetime
{
    private const string Version = "/models/mortgage/versions/1";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("governance-journey-");
    private PortalServer server = null!;

    public async Task InitializeAsync()
    {
        server = await PortalServer.StartAsync();
        Person dev = await server.AddAsync("dev", Role.Developer);
        await server.AddAsync("rita", Role.Reviewer);
        await server.AddAsync("carl", Role.Approver);
        await server.AddAsync("aude", Role.Auditor);
        foreach (string part in (string[])["train", "test"])
        {
            Assert.IsType<RegisterDatasetOutcome.Registered>(await server.Services.GetRequiredService<AdmitDataset>().RunAsync(
                Actor.Person(dev.Id), $"hmda-{part}", $"Boston mortgages 1990, {part}", await File.ReadAllBytesAsync(Sample("hmda", $"{part}.csv")),
                ColumnGuess.Of, "yes", "no", default));
        }

        await server.Services.GetRequiredService<RegisterModel>().RunAsync(
            Actor.Person(dev.Id), new NewModel("mortgage", "Mortgages", "Estimates whether an application will be denied.", RiskTier.Low), default);
        PeopleQueries people = server.Services.GetRequiredService<PeopleQueries>();
        foreach (string user in (string[])["rita", "carl"])
        {
            UserId id = (await people.FindByUserNameAsync(user, default))!.Id;
            await server.Services.GetRequiredService<GrantAccess>().RunAsync(Actor.System, id, "mortgage", GrantExtras.None, default);
        }
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [SkippableFact]
    public async Task Four_accounts_go_from_upload_to_a_pack_that_verifies_in_an_empty_folder_and_in_which_a_changed_byte_is_found()
    {
        await using (WatchedPage developer = await SignInAsync("dev"))
        {
            await UploadAsync(developer.Page);
            await AuditAsync(developer);
            await developer.GoAsync($"{Version}/sign-off");
            await StateAsync(developer.Page, "The threshold follows the bank's appetite for losses.");
            await developer.Page.GetByLabel("What reviewers should know").FillAsync("Trained on reweighed rows.");
            await developer.Page.GetByRole(AriaRole.Button, new() { Name = "Submit for review" }).ClickAsync();
            await Assertions.Expect(developer.Page.Locator("[aria-current=step]")).ToContainTextAsync("In review");
            Assert.Empty(developer.Faults);
        }

        await ReviewCaseAsync("rita", "The debts are high, and it is denied.");
        await SignAsync("rita", "Record the review", page => page.GetByLabel("Reviewed, no objection").CheckAsync(), "I looked at every finding.");
        await SignAsync("carl", "Sign the decision", async page =>
        {
            await page.GetByRole(AriaRole.Radio, new() { NameRegex = OutrightApproval() }).CheckAsync();
            foreach (ILocator why in await page.GetByLabel("Why all the same").AllAsync())
            {
                await why.FillAsync("The figure is known, and the use is small.");
            }
        }, "The residual risk is accepted.");

        string pack = Path.Combine(folder.FullName, "pack.zip");
        await using (WatchedPage auditor = await SignInAsync("aude"))
        {
            await auditor.GoAsync($"{Version}/evidence");
            Assert.Contains("Approved", await auditor.TextAsync(), StringComparison.Ordinal);
            await auditor.AssertSoundAsync();
            await auditor.KeepAsync("pack");
            await TakeAsync(auditor.Page, pack);
            await TakeAsync(auditor.Page, pack + ".again");
            Assert.Equal(await File.ReadAllBytesAsync(pack), await File.ReadAllBytesAsync(pack + ".again"));
            Assert.Empty(auditor.Faults);
        }

        File.Delete(pack + ".again");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "key.pem"), server.Services.GetRequiredService<SigningKeys>().Current.Pem);
        await AssertVerifiesAsync(pack);
    }

    // In a folder with nothing but the pack and the key; the CLI once for the whole and once for a byte, the rest of the files in this process.
    private async Task AssertVerifiesAsync(string pack)
    {
        (int code, JsonElement said) = await VerifyAsync("pack.zip");
        Assert.Equal(0, code);
        Assert.True(said.GetProperty("ok").GetBoolean());
        Assert.Equal(1, said.GetProperty("decisions").GetInt32());

        Dictionary<string, byte[]> files = PackFile.Read(await File.ReadAllBytesAsync(pack));
        Assert.Contains(files.Keys, path => path.StartsWith("evidence/", StringComparison.Ordinal));
        Assert.Equal(12, files.Keys.Count(path => path.StartsWith("documents/", StringComparison.Ordinal)));
        Assert.Contains("The residual risk is accepted", Encoding.UTF8.GetString(files["documents/validation.md"]), StringComparison.Ordinal);
        IReadOnlyList<InstallationKey> keys = [server.Services.GetRequiredService<SigningKeys>().Current];
        foreach (string path in files.Keys)
        {
            byte[] changed = [.. files[path]];
            changed[changed.Length / 2] ^= 1;
            byte[] zip = PackFile.Write(new Dictionary<string, byte[]>(files) { [path] = changed });
            Assert.True(VerifyPack.Run(zip, keys, []) is PackVerdict.DoesNotHold, $"A changed byte in {path} is not found.");
            if (path == "checkpoint.note")
            {
                await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "changed.zip"), zip);
            }
        }

        (code, said) = await VerifyAsync("changed.zip");
        Assert.Equal(1, code);
        Assert.False(said.GetProperty("ok").GetBoolean());
    }

    private async Task<(int Code, JsonElement Said)> VerifyAsync(string pack)
    {
        using Process process = Process.Start(new ProcessStartInfo(
            "dotnet", [DemoPortal.Program, "verify", pack, "--key", "key.pem", "--json", "-"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.FullName,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(said.Length > 0, await error);
        return (process.ExitCode, JsonDocument.Parse(said).RootElement.Clone());
    }

    private static async Task UploadAsync(IPage page)
    {
        await page.GotoAsync("/models/mortgage/versions/new");
        await page.GetByLabel("ONNX file").SetInputFilesAsync(Sample("models", "hmda_fair", "model.onnx"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await page.ArriveAsync("?upload=");
        await page.GetByLabel("Encoding").SetInputFilesAsync(Sample("models", "hmda_fair", "manifest.json"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Check and register" }).ClickAsync();
        await page.ArriveAsync(url => url.EndsWith(Version, StringComparison.Ordinal) || url.Contains(Version + "/", StringComparison.Ordinal), seconds: 120);
    }

    private static async Task AuditAsync(WatchedPage visit)
    {
        await visit.GoAsync($"{Version}/overview?data=hmda-test");
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("First audit");
        await visit.Page.GetByLabel("Background data").SelectOptionAsync("hmda-train");
        await visit.Page.GetByLabel("Background rows").FillAsync("30");
        await visit.Page.GetByLabel("Rows to explain").FillAsync("20");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Request the audit" }).ClickAsync();
        for (int beat = 0; beat < 180; beat++)
        {
            await visit.GoAsync($"{Version}/evidence");
            if ((await visit.TextAsync()).Contains("One evidence item is sealed", StringComparison.Ordinal))
            {
                return;
            }

            await Task.Delay(1000);
        }

        Assert.Fail("The audit was not sealed in three minutes.");
    }

    private static async Task TakeAsync(IPage page, string path)
    {
        IDownload download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Download the evidence pack" }).ClickAsync());
        await download.SaveAsAsync(path);
    }

    private static async Task StateAsync(IPage page, string statement)
    {
        await page.GetByLabel("Statement", new() { Exact = true }).FillAsync(statement);
        await page.GetByRole(AriaRole.Button, new() { Name = "Seal the statement" }).ClickAsync();
        await Assertions.Expect(page.Locator("dd", new() { HasText = statement }).First).ToContainTextAsync(statement);
    }

    private async Task ReviewCaseAsync(string user, string note)
    {
        await using WatchedPage visit = await SignInAsync(user);
        await visit.GoAsync($"{Version}/cases");
        await visit.Page.GetByLabel("Agree", new() { Exact = true }).First.CheckAsync();
        await visit.Page.GetByLabel("Note", new() { Exact = true }).First.FillAsync(note);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Record what I answered" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync(note);
        Assert.Empty(visit.Faults);
    }

    private async Task SignAsync(string user, string button, Func<IPage, Task> choose, string rationale)
    {
        await using WatchedPage visit = await SignInAsync(user);
        await visit.GoAsync($"{Version}/sign-off");
        await ConfirmAsync(visit.Page);
        await choose(visit.Page);
        await visit.Page.GetByLabel("Rationale").FillAsync(rationale);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync(rationale);
        Assert.Empty(visit.Faults);
    }

    // Whoever signs is asked again who they are, if need be for exactly what they sign.
    private static async Task ConfirmAsync(IPage page)
    {
        ILocator confirm = page.GetByRole(AriaRole.Link, new() { Name = "Confirm that it is you" });
        for (int round = 0; round < 3 && await confirm.CountAsync() > 0; round++)
        {
            await confirm.First.ClickAsync();
            await page.GetByLabel("Password").FillAsync(PortalServer.Password);
            await page.GetByRole(AriaRole.Button, new() { NameRegex = Confirm() }).First.ClickAsync();
            await page.ArriveAsync(url => url.Contains("/sign-off", StringComparison.Ordinal) && !url.Contains("/accounts/", StringComparison.Ordinal));
        }
    }

    private async Task<WatchedPage> SignInAsync(string user)
    {
        WatchedPage visit = await chromium.OpenAsync(server.Address);
        await visit.SignInAsync(user);
        return visit;
    }

    private static string Sample(params string[] parts) => Path.Combine([Reference.Repository, "samples", .. parts]);

    [GeneratedRegex("^Approve(?! with)")]
    private static partial Regex OutrightApproval();

    [GeneratedRegex("^Confirm")]
    private static partial Regex Confirm();
}
