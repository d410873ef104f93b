using AngleSharp.Html.Dom;
using Governance.Portal.Tests.CommandLine;
using Governance.Registry.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Access;

[Collection(PortalTests.Name)]
public sealed class AccessPagesTests(SamplePortal portal)
{
    [Fact]
    public async Task The_owner_learns_why_someone_may_and_may_not()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument page = await dev.GetAsync($"/models/hmda_biased/versions/1/access?person={portal["otto"]}");

        string text = page.Body!.TextContent;
        Assert.Contains("What Otto Sample may do here", text, StringComparison.Ordinal);
        Assert.Contains("Operator: on granted models (deploy, suspend, schedule, retention jobs).", text, StringComparison.Ordinal);
        Assert.Contains("Granted to the person by the system on", text, StringComparison.Ordinal);
        Assert.Contains("Operator: never. The right belongs to Approver.", text, StringComparison.Ordinal);
        Assert.NotEmpty(page.QuerySelectorAll("[data-reason=grant]"));
        Assert.Null(page.QuerySelector("#holder")); // owners look, administrators grant
    }

    [Fact]
    public async Task Whoever_neither_owns_nor_administers_nor_audits_learns_only_about_themself()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        Assert.Equal(System.Net.HttpStatusCode.NotFound, await rita.StatusAsync($"/models/hmda_biased/access?person={portal["otto"]}"));
        IHtmlDocument own = await rita.GetAsync("/models/hmda_biased/access");
        Assert.Contains("What you may do here", own.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Otto Sample", own.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_team_is_made_filled_and_granted_in_the_browser_and_listed_by_the_command_line()
    {
        using SignedInClient ada = await portal.SignInAsync("ada");
        await ada.SubmitAsync("/admin/teams", "#name", ("Form.Name", "risk"), ("Form.Title", "Credit risk"));
        await ada.SubmitAsync("/admin/teams", "#who", ("Member.Team", "risk"), ("Member.User", portal["aude"].ToString()));
        IHtmlDocument form = await ada.GetAsync("/models/hmda_fair/access");
        string team = form.QuerySelectorAll("#holder option").OfType<IHtmlOptionElement>().Single(option => option.Text.Trim() == "Credit risk").Value;

        IHtmlDocument granted = await ada.SubmitAsync(
            "/models/hmda_fair/access", "#holder", ("Form.Holder", team), ("stage", "InReview"), ("Form.Until", "2999-12-31"));

        string grants = granted.QuerySelector("[aria-label=Grants]")!.TextContent;
        Assert.Contains("Team Credit risk", grants, StringComparison.Ordinal);
        Assert.Contains("in review", grants, StringComparison.Ordinal);
        CommandRun list = await RunAsync("grant", "list", "hmda_fair", "--as", "ada", "--json", "-");
        Assert.Contains("Team Credit risk", list.Output, StringComparison.Ordinal);
        CommandRun teams = await RunAsync("team", "list", "--as", "ada", "--json", "-");
        Assert.Equal("aude", teams.Json.GetProperty("teams")[0].GetProperty("members")[0].GetString());
        Assert.Equal(0, (await RunAsync("grant", "revoke", "hmda_fair", "--team", "risk", "--as", "ada")).Code);
        Assert.Contains("Nobody puts themself into a team", (await RunAsync("team", "member", "risk", "ada", "--as", "ada")).Error, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("team", "member", "risk", "aude", "--remove", "--as", "ada")).Code);
    }

    [Fact]
    public async Task The_command_line_explains_one_right_and_keeps_to_the_askers_rights()
    {
        CommandRun run = await RunAsync(
            "access", "explain", "--user", "coen", "--model", "hmda_biased", "--version", "1", "--right", "ExplainRow", "--as", "dev", "--json", "-");

        Assert.Equal(0, run.Code);
        System.Text.Json.JsonElement right = run.Json.GetProperty("rights")[0];
        Assert.False(right.GetProperty("allowed").GetBoolean());
        Assert.Equal("not-named", right.GetProperty("reasons")[0].GetProperty("code").GetString());
        Assert.Equal(2, (await RunAsync("access", "explain", "--user", "coen", "--model", "hmda_biased", "--as", "rita")).Code);
        Assert.Equal(2, (await RunAsync("access", "explain", "--user", "coen", "--model", "none", "--as", "dev")).Code);
        Assert.Contains("'Soon' is none of", (await RunAsync("grant", "add", "hmda_fair", "--user", "rita", "--stages", "Soon", "--as", "ada")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_file_leaves_by_two_approvers_in_the_browser_and_is_unwrapped_by_the_command_line()
    {
        using SignedInClient carl = await portal.SignInAsync("carl");
        using SignedInClient cora = await portal.SignInAsync("cora");
        await carl.SubmitAsync("/proposals", "#model", ("Release.Model", "hmda_fair"), ("Release.Number", "1"), ("Release.Reason", "The regulator asks for the file."));
        IHtmlDocument waiting = await cora.GetAsync("/");
        Assert.Contains("The regulator asks for the file.", waiting.Body!.TextContent, StringComparison.Ordinal);
        await cora.SubmitAsync("/proposals", "input[name=_handler][value^=confirm-]");
        IHtmlDocument shown = await carl.SubmitAsync("/proposals", "input[name=_handler][value^=key-]");
        string key = shown.QuerySelector("code.mono")!.TextContent;
        IHtmlFormElement download = Assert.IsAssignableFrom<IHtmlFormElement>(shown.QuerySelector("input[name=key]")!.Closest("form"));
        string token = download.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        byte[] package = await TakeAsync(carl, download.GetAttribute("action")!, token, key, System.Net.HttpStatusCode.OK);
        await TakeAsync(carl, download.GetAttribute("action")!, token, key, System.Net.HttpStatusCode.UnprocessableEntity);

        string folder = Directory.CreateTempSubdirectory("governance-release-").FullName;
        string file = Path.Combine(folder, "m.govrel");
        await File.WriteAllBytesAsync(file, package);
        CommandRun run = await CommandRun.OfAsync("unwrap", file, "--key", key, "--out", Path.Combine(folder, "m.onnx"));
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(Governance.Tests.Reference.Repository, "samples", "models", "hmda_fair", "model.onnx")),
            await File.ReadAllBytesAsync(Path.Combine(folder, "m.onnx")));
        Assert.Equal(2, (await CommandRun.OfAsync("unwrap", file, "--key", new string('0', 64), "--out", Path.Combine(folder, "n.onnx"))).Code);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Break_glass_is_asked_opened_and_told_in_the_browser()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");
        using SignedInClient carl = await portal.SignInAsync("carl");
        using SignedInClient aude = await portal.SignInAsync("aude");
        await rita.SubmitAsync("/break-glass", "#right", ("Form.Right", "Suspend"), ("Form.Model", "hmda_biased"), ("Form.Reason", "Nobody of operations answers."));

        IHtmlDocument told = await aude.GetAsync("/");
        Assert.Contains("Break-glass on hmda_biased: suspend", told.Body!.TextContent, StringComparison.Ordinal);
        await carl.SubmitAsync("/break-glass", "input[name=_handler][value^=open-]");

        IHtmlDocument access = await rita.GetAsync("/models/hmda_biased/access");
        Assert.Contains("A break-glass in force gives it", access.QuerySelector("[data-reason=break-glass]")!.TextContent, StringComparison.Ordinal);
        IHtmlDocument ended = await rita.SubmitAsync("/break-glass", "input[name=_handler][value^=stop-]");
        Assert.Contains("review due", ended.Body!.TextContent, StringComparison.Ordinal);
        IHtmlDocument closed = await aude.SubmitAsync("/break-glass", "textarea[name=finding]", ("finding", "Nothing was done."));
        Assert.Contains("reviewed and closed", closed.Body!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<byte[]> TakeAsync(SignedInClient client, string path, string token, string key, System.Net.HttpStatusCode expected)
    {
        using FormUrlEncodedContent content = new([new("__RequestVerificationToken", token), new("key", key)]);
        HttpResponseMessage response = await client.CallAsync(HttpMethod.Post, path, content);
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync();
    }

    private Task<CommandRun> RunAsync(params string[] args)
    {
        RegistryOptions options = portal.Services.GetRequiredService<RegistryOptions>();
        return CommandRun.OfAsync([.. args, "--data", options.DataFolder]);
    }
}
