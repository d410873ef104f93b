using System.Security.Cryptography;
using Governance.Portal.Tests.CommandLine;

namespace Governance.Portal.Tests.Signatures;

public sealed class SignCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("governance-tests-").FullName;

    [Fact]
    public async Task What_is_signed_verifies_and_another_file_or_key_does_not()
    {
        string model = await WriteAsync("model.onnx", "the model");
        string other = await WriteAsync("other.onnx", "another model");
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa stranger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        string secret = await WriteAsync("key.pem", key.ExportPkcs8PrivateKeyPem());
        string known = await WriteAsync("pub.pem", key.ExportSubjectPublicKeyInfoPem());
        string unknown = await WriteAsync("stranger.pem", stranger.ExportSubjectPublicKeyInfoPem());
        string signature = Path.Combine(folder, "model.sig");

        Assert.Equal(0, (await CommandRun.OfAsync("sign", model, "--key", secret, "--out", signature)).Code);
        Assert.Equal(0, (await CommandRun.OfAsync("verify-signature", model, "--signature", signature, "--key", known)).Code);
        Assert.Equal(1, (await CommandRun.OfAsync("verify-signature", other, "--signature", signature, "--key", known)).Code);
        CommandRun wrongKey = await CommandRun.OfAsync("verify-signature", model, "--signature", signature, "--key", unknown, "--json", "-");
        Assert.Equal((1, false), (wrongKey.Code, wrongKey.Json.GetProperty("ok").GetBoolean()));
    }

    [Fact]
    public async Task What_is_no_key_or_no_signature_is_one_sentence_and_2()
    {
        string model = await WriteAsync("model.onnx", "the model");
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string known = await WriteAsync("pub.pem", key.ExportSubjectPublicKeyInfoPem());

        foreach (string[] arguments in (string[][])
            [
                ["sign", model, "--key", known, "--out", Path.Combine(folder, "x.sig")],
                ["sign", model, "--key", model, "--out", Path.Combine(folder, "x.sig")],
                ["verify-signature", model, "--signature", model, "--key", known],
                ["verify-signature", model, "--signature", known, "--key", model],
                ["verify-signature", "none", "--signature", known, "--key", known],
            ])
        {
            CommandRun run = await CommandRun.OfAsync(arguments);
            Assert.Equal(2, run.Code);
            Assert.Single(run.Error.Trim().Split('\n'));
        }

        Assert.False(File.Exists(Path.Combine(folder, "x.sig")));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<string> WriteAsync(string name, string text)
    {
        string path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }
}
