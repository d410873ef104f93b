using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Governance.Tests;

namespace Governance.Portal.Tests.Models;

[Collection(PortalTests.Name)]
public sealed class RegisterPagesTests(SamplePortal portal)
{
    [Fact]
    public async Task A_developer_registers_a_model_uploads_a_version_and_asks_for_an_audit_without_script()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        await dev.SubmitAsync(
            "/models/new", "#purpose",
            ("Form.Name", "by-form"), ("Form.Title", "By form"), ("Form.Purpose", "Shows that forms do it all."), ("Form.Tier", "High"));
        Assert.Equal("/models/by-form", dev.Address);

        await dev.SendFileAsync("/models/by-form/versions/new", "model.onnx", await SampleAsync("model.onnx"));
        await dev.UploadAsync(dev.Address, "#note", [("Form.Encoding", await SampleAsync("manifest.json"))], ("Form.Note", "The first."));
        Assert.Equal("/models/by-form/versions/1/overview", dev.Address);

        IHtmlDocument asked = await dev.SubmitAsync(
            "/models/by-form/versions/1/overview?data=hmda-test", "#audit-name",
            ("Form.Name", "Asked by form"), ("Form.Rows", "2"), ("Form.Samples", "32"), ("Form.BackgroundRows", "5"));
        Assert.Contains("Asked by form", asked.QuerySelector("[aria-label=Audits]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_of_an_audit_proposes_data_that_fit_and_other_rows_as_background()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument page = await dev.GetAsync("/models/hmda_fair/versions/1/overview?data=hmda-test");

        Assert.Equal("hmda-train", page.QuerySelector<IHtmlSelectElement>("#background")!.Value);
        Assert.Equal(["afam", "single"], page.QuerySelectorAll<IHtmlInputElement>("input[name='Form.Protected']").Select(box => box.Value));
    }

    [Fact]
    public async Task A_file_that_is_no_model_is_refused_in_a_sentence()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument page = await dev.SendFileAsync("/models/hmda_fair/versions/new", "model.onnx", "this is no model"u8.ToArray());

        Assert.StartsWith("/models/hmda_fair/versions/new?refusal=", dev.Address, StringComparison.Ordinal);
        Assert.Equal(
            "The file is named 'model.onnx', but its content is text, not an ONNX model.",
            page.QuerySelector("[role=alert]")!.TextContent.Trim());
    }

    [Fact]
    public async Task The_same_version_twice_is_refused()
    {
        using SignedInClient dev = await portal.SignInAsync("dev");

        await dev.SendFileAsync("/models/hmda_fair/versions/new", "model.onnx", await SampleAsync("model.onnx"));
        IHtmlDocument page = await dev.UploadAsync(dev.Address, "#note", [("Form.Encoding", await SampleAsync("manifest.json"))]);

        Assert.Contains("Version 1 of this model is exactly the same.", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_sees_names_only_and_grants_access()
    {
        using SignedInClient ada = await portal.SignInAsync("ada");

        IHtmlDocument page = await ada.GetAsync("/models/hmda_fair");
        Assert.Contains("Your role sees the name of this model only", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("a[href*='/versions/']"));

        IHtmlDocument granted = await ada.SubmitAsync("/models/hmda_fair/access", "#holder", ("Form.Holder", $"person:{portal["aude"]}"));
        Assert.Contains("Aude Sample", granted.QuerySelector("[aria-label=Grants]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_and_filter_stand_in_the_address()
    {
        using SignedInClient rita = await portal.SignInAsync("rita");

        IHtmlDocument page = await rita.GetAsync("/models?q=BIASED&tier=Medium&stage=Draft");

        Assert.Equal(["hmda_biased"], page.QuerySelectorAll("tbody a.name").Select(link => link.TextContent));
        Assert.Equal("BIASED", page.QuerySelector<IHtmlInputElement>("#q")!.Value);
    }

    private static Task<byte[]> SampleAsync(string file) =>
        File.ReadAllBytesAsync(Path.Combine(Reference.Repository, "samples", "models", "hmda_fair", file));
}
