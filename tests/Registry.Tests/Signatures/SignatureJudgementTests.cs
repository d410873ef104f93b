using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Governance.Registry.Artifacts;
using Governance.Registry.Signatures;

namespace Governance.Registry.Tests.Signatures;

public sealed class SignatureJudgementTests
{
    private static readonly ArtifactDigest File = ArtifactDigest.Of("the model"u8);

    // Files of the model_signing command itself: see Corpus/README.md.
    [Theory]
    [InlineData("v1.0.0.sig", "signme-1")]
    [InlineData("v1.0.1.sig", "signme-1")]
    [InlineData("v1.1.0.sig", "signme-1")]
    public void What_OpenSSF_model_signing_wrote_is_verified(string signature, string path)
    {
        using ECDsa key = SigningKey.Read(System.IO.File.ReadAllText(Corpus("key.pem")));
        ArtifactDigest file = ArtifactDigest.Of(System.IO.File.ReadAllBytes(Corpus("signme-1")));

        SignatureJudgement judgement = SignatureJudgement.Of(System.IO.File.ReadAllBytes(Corpus(signature)), file, [Trust(key)]);

        Assert.Equal(path, Assert.IsType<SignatureJudgement.Trusted>(judgement).Path);
    }

    [Fact]
    public void A_signature_by_certificate_is_refused_in_words()
    {
        ArtifactDigest file = ArtifactDigest.Of(System.IO.File.ReadAllBytes(Corpus("signme-1")));

        SignatureJudgement judgement = SignatureJudgement.Of(System.IO.File.ReadAllBytes(Corpus("v1.1.0-certificate.sig")), file, []);

        Assert.Contains("certificate", Assert.IsType<SignatureJudgement.Wrong>(judgement).Sentence, StringComparison.Ordinal);
    }

    // SHA-256 of the PEM text as Python's cryptography writes it: the hint in v1.1.0.sig.
    [Fact]
    public void The_fingerprint_is_the_hint_that_model_signing_writes()
    {
        using ECDsa key = SigningKey.Read(System.IO.File.ReadAllText(Corpus("key.pem")));

        Assert.Equal("e8450dec4eb99dae995da9af1bc2cc9f76ed669ee2e744f57abba763df3e3f8e", SigningKey.FingerprintOf(key).Hex);
    }

    [Theory]
    [InlineData("nistP256")]
    [InlineData("nistP384")]
    [InlineData("nistP521")]
    public void What_we_sign_is_verified_by_its_key_and_by_no_other(string curve)
    {
        using ECDsa key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        using ECDsa other = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        byte[] signature = SignModel.Run("model.onnx", File, key);

        Assert.Equal("model.onnx", Assert.IsType<SignatureJudgement.Trusted>(SignatureJudgement.Of(signature, File, [Trust(other), Trust(key)])).Path);
        SignatureJudgement.UnknownKey unknown = Assert.IsType<SignatureJudgement.UnknownKey>(SignatureJudgement.Of(signature, File, [Trust(other)]));
        Assert.Equal(SigningKey.FingerprintOf(key).Hex, unknown.Hint);
    }

    [Fact]
    public void A_signature_of_another_file_is_wrong()
    {
        using ECDsa key = Key();
        byte[] signature = SignModel.Run("model.onnx", ArtifactDigest.Of("another"u8), key);

        SignatureJudgement judgement = SignatureJudgement.Of(signature, File, [Trust(key)]);

        Assert.Contains("another file", Assert.IsType<SignatureJudgement.Wrong>(judgement).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_forger_who_names_a_trusted_key_is_found()
    {
        using ECDsa trusted = Key();
        using ECDsa forger = Key();
        JsonNode bundle = JsonNode.Parse(SignModel.Run("model.onnx", File, forger))!;
        bundle["verificationMaterial"]!["publicKey"]!["hint"] = SigningKey.FingerprintOf(trusted).Hex;

        Assert.IsType<SignatureJudgement.Wrong>(SignatureJudgement.Of(Bytes(bundle), File, [Trust(trusted)]));
    }

    [Fact]
    public void Without_a_hint_only_the_key_that_made_it_verifies_it()
    {
        using ECDsa trusted = Key();
        using ECDsa other = Key();
        JsonNode ours = JsonNode.Parse(SignModel.Run("model.onnx", File, trusted))!;
        JsonNode theirs = JsonNode.Parse(SignModel.Run("model.onnx", File, other))!;
        ours["verificationMaterial"]!.AsObject().Remove("publicKey");
        theirs["verificationMaterial"]!.AsObject().Remove("publicKey");

        Assert.IsType<SignatureJudgement.Trusted>(SignatureJudgement.Of(Bytes(ours), File, [Trust(trusted)]));
        Assert.IsType<SignatureJudgement.UnknownKey>(SignatureJudgement.Of(Bytes(theirs), File, [Trust(trusted)]));
    }

    public static TheoryData<string, Action<JsonNode>> Changes() => new()
    {
        { "payload type", bundle => bundle["dsseEnvelope"]!["payloadType"] = "application/json" },
        { "media type", bundle => bundle["mediaType"] = "application/json" },
        { "no envelope", bundle => bundle.AsObject().Remove("dsseEnvelope") },
        { "no signature", bundle => bundle["dsseEnvelope"]!["signatures"] = new JsonArray() },
        { "two signatures", bundle => bundle["dsseEnvelope"]!["signatures"]!.AsArray().Add(bundle["dsseEnvelope"]!["signatures"]![0]!.DeepClone()) },
        { "signature no base64", bundle => bundle["dsseEnvelope"]!["signatures"]![0]!["sig"] = "!!!!" },
        { "signature empty", bundle => bundle["dsseEnvelope"]!["signatures"]![0]!["sig"] = "" },
        { "signature a number", bundle => bundle["dsseEnvelope"]!["signatures"]![0]!["sig"] = 7 },
        { "signature no DER", bundle => bundle["dsseEnvelope"]!["signatures"]![0]!["sig"] = Convert.ToBase64String(new byte[64]) },
        { "payload no base64", bundle => bundle["dsseEnvelope"]!["payload"] = "{}" },
        { "payload no JSON", bundle => bundle["dsseEnvelope"]!["payload"] = Convert.ToBase64String("none"u8) },
        { "payload twice", bundle => Payload(bundle, text => text.Replace("\"_type\"", "\"_type\":\"x\",\"_type\"", StringComparison.Ordinal)) },
        { "other statement", bundle => Payload(bundle, text => text.Replace("Statement/v1", "Statement/v9", StringComparison.Ordinal)) },
        { "other predicate", bundle => Payload(bundle, text => text.Replace("signature/v1.0", "signature/v2.0", StringComparison.Ordinal)) },
        { "other hash", bundle => Payload(bundle, text => text.Replace("\"algorithm\":\"sha256\"", "\"algorithm\":\"md5\"", StringComparison.Ordinal)) },
        { "other root", bundle => Payload(bundle, text => text.Replace("{\"sha256\":\"", "{\"sha256\":\"0", StringComparison.Ordinal)) },
        { "a name changed", bundle => Payload(bundle, text => text.Replace("model.onnx", "model.0nnx", StringComparison.Ordinal)) },
        { "a space added", bundle => Payload(bundle, text => text + " ") },
        { "certificate", bundle => bundle["verificationMaterial"]!["certificate"] = new JsonObject { ["rawBytes"] = "AA==" } },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_changed_envelope_is_never_trusted(string name, Action<JsonNode> change)
    {
        using ECDsa key = Key();
        JsonNode bundle = JsonNode.Parse(SignModel.Run("model.onnx", File, key))!;

        change(bundle);

        string sentence = Assert.IsType<SignatureJudgement.Wrong>(SignatureJudgement.Of(Bytes(bundle), File, [Trust(key)])).Sentence;
        Assert.True(sentence.EndsWith('.') && !sentence.Contains('\n'), $"{name}: {sentence}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{\"mediaType\":\"a\",\"mediaType\":\"b\"}")]
    [InlineData("{\"mediaType\":\"\\ud800\"}")]
    public void What_is_no_bundle_is_refused_in_one_sentence(string text) =>
        Assert.IsType<SignatureJudgement.Wrong>(SignatureJudgement.Of(Encoding.UTF8.GetBytes(text), File, []));

    [Fact]
    public void Huge_files_and_deep_nesting_are_refused()
    {
        byte[] huge = Encoding.UTF8.GetBytes($"{{\"mediaType\":\"{new string('A', SignedStatement.MostBytes)}\"}}");
        byte[] deep = Encoding.UTF8.GetBytes(new string('[', 100_000));

        Assert.IsType<SignatureJudgement.Wrong>(SignatureJudgement.Of(huge, File, []));
        Assert.IsType<SignatureJudgement.Wrong>(SignatureJudgement.Of(deep, File, []));
    }

    // Every byte of the file, a random bit each: never an exception, never trusted unless the change is outside what counts.
    [Fact]
    public void A_flipped_bit_never_makes_a_trusted_statement_of_another_file()
    {
        using ECDsa key = Key();
        byte[] signature = SignModel.Run("model.onnx", File, key);
        Random random = new(20_26);
        for (int at = 0; at < signature.Length; at++)
        {
            byte[] changed = (byte[])signature.Clone();
            changed[at] ^= (byte)(1 << random.Next(8));
            SignatureJudgement judgement = SignatureJudgement.Of(changed, File, [Trust(key)]);
            Assert.True(judgement is not SignatureJudgement.Trusted trusted || trusted.Path == "model.onnx");
        }
    }

    [Fact]
    public void Keys_of_other_kinds_are_refused_in_words()
    {
        using RSA rsa = RSA.Create(2048);
        using ECDsa bitcoin = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);

        Assert.Throws<FormatException>(() => SigningKey.Read(rsa.ExportSubjectPublicKeyInfoPem()));
        Assert.Throws<FormatException>(() => SigningKey.Read(bitcoin.ExportSubjectPublicKeyInfoPem()));
        Assert.Throws<FormatException>(() => SigningKey.Read("no key"));
        Assert.Throws<FormatException>(() => SigningKey.Read(new string('x', 1_000_000)));
    }

    [Fact]
    public void Signing_with_a_public_key_is_refused_in_words()
    {
        using ECDsa key = Key();
        using ECDsa half = SigningKey.Read(SigningKey.ToPem(key));

        Assert.Throws<FormatException>(() => SignModel.Run("model.onnx", File, half));
    }

    private static ECDsa Key() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static PublisherKey Trust(ECDsa key) => new(
        PublisherKeyId.New(), "Example", SigningKey.FingerprintOf(key), SigningKey.ToPem(key), null, DateTimeOffset.UnixEpoch);

    private static byte[] Bytes(JsonNode bundle) => Encoding.UTF8.GetBytes(bundle.ToJsonString());

    private static void Payload(JsonNode bundle, Func<string, string> change)
    {
        string text = Encoding.UTF8.GetString(Convert.FromBase64String(bundle["dsseEnvelope"]!["payload"]!.GetValue<string>()));
        string changed = change(text);
        Assert.NotEqual(text, changed);
        bundle["dsseEnvelope"]!["payload"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(changed));
    }

    private static string Corpus(string name) => Path.Combine(AppContext.BaseDirectory, "Signatures", "Corpus", name);
}
