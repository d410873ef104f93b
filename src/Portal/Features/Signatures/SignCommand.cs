using System.CommandLine;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry.Artifacts;
using Governance.Registry.Signatures;

namespace Governance.Portal.Features.Signatures;

/// <summary><c>governance sign</c> and <c>governance verify-signature</c>: detached signatures in the form of OpenSSF model signing.</summary>
internal static class SignCommand
{
    private static readonly Argument<string> Model = new("MODEL") { Description = "The model file." };

    private static readonly Option<string> PrivateKey = new("--key")
    {
        Description = "The private key: ECDSA on P-256, P-384 or P-521, not encrypted.", HelpName = "PEM", Required = true,
    };

    private static readonly Option<string> Out = new("--out") { Description = "The signature file.", HelpName = "F.sig", Required = true };

    private static readonly Option<string> Signature = new("--signature") { Description = "The signature file.", HelpName = "F.sig", Required = true };

    private static readonly Option<string> PublicKey = new("--key") { Description = "The publisher's public key.", HelpName = "PUB.pem", Required = true };

    /// <summary>Makes <c>sign</c>.</summary>
    public static Command CreateSign() => GovernanceCommand.Create(
        "sign", "Sign a model file: a detached signature that model_signing and this portal verify.", SignAsync,
        Model, PrivateKey, Out);

    /// <summary>Makes <c>verify-signature</c>.</summary>
    public static Command CreateVerify() => GovernanceCommand.Create(
        "verify-signature", "Verify a detached signature of a model file; exit code 1 where it does not hold.",
        VerifyAsync, Model, Signature, PublicKey);

    private static async Task<int> SignAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string path = context.Arguments.GetValue(Model)!;
        string target = context.Arguments.GetValue(Out)!;
        UserFiles.RefuseUnwritable(target);
        ArtifactDigest digest = await DigestAsync(path, cancellationToken);
        try
        {
            using ECDsa key = await ReadKeyAsync(context.Arguments.GetValue(PrivateKey)!, cancellationToken);
            await UserFiles.WriteAsync(target, SignModel.Run(Path.GetFileName(path), digest, key), cancellationToken);
            string fingerprint = SigningKey.FingerprintOf(key).Hex;
            await context.People.WriteLineAsync($"signed  {Path.GetFileName(path)}, {digest.Hex}");
            await context.People.WriteLineAsync($"key     {fingerprint}");
            await context.WriteJsonAsync(new { sha256 = digest.Hex, key = fingerprint, signature = target }, cancellationToken);
            return 0;
        }
        catch (FormatException fault)
        {
            throw new InputException(fault.Message, fault);
        }
    }

    private static async Task<int> VerifyAsync(CommandContext context, CancellationToken cancellationToken)
    {
        byte[] signature = await UserFiles.ReadAsync(context.Arguments.GetValue(Signature)!, cancellationToken);
        ArtifactDigest digest = await DigestAsync(context.Arguments.GetValue(Model)!, cancellationToken);
        PublisherKey key;
        try
        {
            using ECDsa read = await ReadKeyAsync(context.Arguments.GetValue(PublicKey)!, cancellationToken);
            key = new PublisherKey(
                PublisherKeyId.New(), "the given key", SigningKey.FingerprintOf(read), SigningKey.ToPem(read), null, DateTimeOffset.UnixEpoch);
        }
        catch (FormatException fault)
        {
            throw new InputException(fault.Message, fault);
        }

        // A file that is no signature at all is bad input; one that speaks of something else is a proof that fails.
        try
        {
            _ = SignedStatement.Read(signature);
        }
        catch (FormatException fault)
        {
            throw new InputException(fault.Message, fault);
        }

        (bool ok, string sentence) = SignatureJudgement.Of(signature, digest, [key]) switch
        {
            SignatureJudgement.Trusted trusted => (true, $"The given key signed exactly this file, as '{trusted.Path}'."),
            SignatureJudgement.UnknownKey => (false, "The signature was made with another key than the given one."),
            SignatureJudgement.Wrong wrong => (false, wrong.Sentence),
            _ => throw new UnreachableException(),
        };
        await context.People.WriteLineAsync(sentence);
        await context.WriteJsonAsync(new { ok, sha256 = digest.Hex, key = key.Fingerprint.Hex, sentence }, cancellationToken);
        return ok ? 0 : 1;
    }

    private static async Task<ArtifactDigest> DigestAsync(string path, CancellationToken cancellationToken)
    {
        await using FileStream stream = UserFiles.OpenRead(path);
        return new ArtifactDigest(Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)));
    }

    private static async Task<ECDsa> ReadKeyAsync(string path, CancellationToken cancellationToken) =>
        SigningKey.Read(Encoding.UTF8.GetString(await UserFiles.ReadAsync(path, cancellationToken)));
}
