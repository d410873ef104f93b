using System.Security.Cryptography;
using System.Text;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Signatures;
using Governance.Registry.Versions;

namespace Governance.Registry.Tests.Signatures;

public sealed class RegisterSignedTests
{
    [DatabaseFact]
    public async Task A_version_signed_by_a_trusted_key_says_so_in_row_and_ledger()
    {
        await using Given given = await Given.RegistryAsync();
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await TrustAsync(given, key);

        ModelVersion version = Assert.IsType<RegisterVersionOutcome.Registered>(
            await RegisterAsync(given, "weights", SignModel.Run("model.onnx", ArtifactDigest.Of("weights"u8), key))).Version;

        SignatureView view = Assert.Single(await given.Get<SignatureQueries>().OfAsync(version.Id, default));
        Assert.Equal("Example Bank", view.Key?.Name);
        Assert.Equal("model.onnx", view.Signature.Path);
        Assert.Contains(
            await given.Get<VersionQueries>().TimelineAsync(given.Developer, version.Id, default),
            line => line.Entry.Action == "signature.verified");
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task An_unknown_key_is_recorded_as_unknown()
    {
        await using Given given = await Given.RegistryAsync();
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        ModelVersion version = Assert.IsType<RegisterVersionOutcome.Registered>(
            await RegisterAsync(given, "weights", SignModel.Run("m", ArtifactDigest.Of("weights"u8), key))).Version;

        SignatureView view = Assert.Single(await given.Get<SignatureQueries>().OfAsync(version.Id, default));
        Assert.Null(view.Key);
        Assert.Equal(SigningKey.FingerprintOf(key).Hex, view.Signature.Hint);
    }

    [DatabaseFact]
    public async Task A_wrong_signature_refuses_the_registration()
    {
        await using Given given = await Given.RegistryAsync();
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await TrustAsync(given, key);

        RegisterVersionOutcome outcome = await RegisterAsync(
            given, "weights", SignModel.Run("model.onnx", ArtifactDigest.Of("other weights"u8), key));

        Assert.Equal("bad-signature", Assert.IsType<RegisterVersionOutcome.Refused>(outcome).Reason.Code);
        Assert.Null(await given.Get<VersionQueries>().FindAsync(given.Developer, "credit", 1, default));
    }

    [DatabaseFact]
    public async Task A_withdrawn_key_is_trusted_no_more_but_stays_named_where_it_signed()
    {
        await using Given given = await Given.RegistryAsync();
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PublisherKey trusted = await TrustAsync(given, key);
        ModelVersion first = Assert.IsType<RegisterVersionOutcome.Registered>(
            await RegisterAsync(given, "one", SignModel.Run("m", ArtifactDigest.Of("one"u8), key))).Version;

        Assert.IsType<PublisherKeyOutcome.Changed>(
            await given.Get<ManagePublisherKeys>().WithdrawAsync(Actor.Person(given.Administrator), trusted.Id, default));
        ModelVersion second = Assert.IsType<RegisterVersionOutcome.Registered>(
            await RegisterAsync(given, "two", SignModel.Run("m", ArtifactDigest.Of("two"u8), key))).Version;

        Assert.NotNull(Assert.Single(await given.Get<SignatureQueries>().OfAsync(first.Id, default)).Key?.WithdrawnAt);
        Assert.Null(Assert.Single(await given.Get<SignatureQueries>().OfAsync(second.Id, default)).Key);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task A_signature_can_be_added_later_by_the_developer_only()
    {
        await using Given given = await Given.RegistryAsync();
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await TrustAsync(given, key);
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        byte[] signature = SignModel.Run("m", version.Artifact, key);
        AttachSignature attach = given.Get<AttachSignature>();

        Assert.IsType<AttachOutcome.NoSuchVersion>(await attach.RunAsync(Actor.Person(given.Stranger), version.Id, signature, default));
        Assert.IsType<AttachOutcome.Refused>(await attach.RunAsync(Actor.Person(given.Approver), version.Id, signature, default));
        Assert.IsType<AttachOutcome.Recorded>(await attach.RunAsync(Actor.Person(given.Developer), version.Id, signature, default));
        Assert.IsType<AttachOutcome.Refused>(await attach.RunAsync(Actor.Person(given.Developer), version.Id, signature, default));
    }

    [DatabaseFact]
    public async Task Only_administrators_trust_keys()
    {
        await using Given given = await Given.RegistryAsync();
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ManagePublisherKeys manage = given.Get<ManagePublisherKeys>();

        foreach (UserId user in (UserId[])[given.Developer, given.Reviewer, given.Approver, given.Operator, given.Auditor])
        {
            Assert.IsType<PublisherKeyOutcome.Refused>(await manage.AddAsync(Actor.Person(user), "x", SigningKey.ToPem(key), default));
        }

        Assert.IsType<PublisherKeyOutcome.Changed>(await manage.AddAsync(Actor.Person(given.Administrator), "x", key.ExportPkcs8PrivateKeyPem(), default));
        Assert.DoesNotContain("PRIVATE", Assert.Single(await manage.ListAsync(default)).Pem, StringComparison.Ordinal);
    }

    private static async Task<PublisherKey> TrustAsync(Given given, ECDsa key) => Assert.IsType<PublisherKeyOutcome.Changed>(
        await given.Get<ManagePublisherKeys>().AddAsync(Actor.System, "Example Bank", SigningKey.ToPem(key), default)).Key;

    private static async Task<RegisterVersionOutcome> RegisterAsync(Given given, string weights, byte[] signature)
    {
        if (await given.Get<ModelQueries>().FindAsync(given.Developer, "credit", default) is null)
        {
            await given.ModelAsync();
        }

        using MemoryStream artifact = new(Encoding.UTF8.GetBytes(weights));
        return await given.Get<RegisterVersion>().RunAsync(
            Actor.Person(given.Developer),
            new NewVersion("credit", artifact, 1 << 20, null, null, []) { Signature = signature }, default);
    }
}
