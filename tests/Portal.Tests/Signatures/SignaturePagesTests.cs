using System.Security.Cryptography;
using AngleSharp.Html.Dom;
using Governance.Registry.Artifacts;
using Governance.Registry.Signatures;
using Governance.Tests;

namespace Governance.Portal.Tests.Signatures;

[Collection(PortalTests.Name)]
public sealed class SignaturePagesTests(SamplePortal portal)
{
    [Fact]
    public async Task An_unsigned_version_says_so_and_a_signature_of_a_trusted_key_is_shown_with_its_publisher()
    {
        await portal.RegisterAsync("signed", "hmda_fair");
        byte[] model = await File.ReadAllBytesAsync(Path.Combine(Reference.Repository, "samples", "models", "hmda_fair", "model.onnx"));
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using SignedInClient ada = await portal.SignInAsync("ada");
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument before = await dev.GetAsync("/models/signed/versions/1");
        IHtmlDocument keys = await ada.SubmitAsync(
            "/publisher-keys", "#publisher", ("Form.Name", "Example Bank"), ("Form.Pem", SigningKey.ToPem(key)));
        IHtmlDocument wrong = await dev.UploadAsync(
            "/models/signed/versions/1/overview", "#signature-file",
            [("Form.File", SignModel.Run("m", ArtifactDigest.Of("other"u8), key))]);
        IHtmlDocument after = await dev.UploadAsync(
            "/models/signed/versions/1/overview", "#signature-file", [("Form.File", SignModel.Run("fair.onnx", ArtifactDigest.Of(model), key))]);

        Assert.Contains("unsigned", before.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Example Bank", keys.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("another file", wrong.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Example Bank", after.QuerySelector("[aria-labelledby=signatures]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("fair.onnx", after.QuerySelector("[aria-labelledby=signatures]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_none_is_refused_in_the_form()
    {
        using SignedInClient ada = await portal.SignInAsync("ada");

        IHtmlDocument page = await ada.SubmitAsync("/publisher-keys", "#publisher", ("Form.Name", "X"), ("Form.Pem", "no key"));

        Assert.Contains("no ECDSA key", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("rita")]
    [InlineData("carl")]
    [InlineData("otto")]
    [InlineData("coen")]
    public async Task Only_administrators_reach_the_keys(string user)
    {
        using SignedInClient client = await portal.SignInAsync(user);

        Assert.Null((await client.GetAsync("/publisher-keys")).QuerySelector("#publisher"));
    }
}
