using System.Security.Cryptography;
using System.Text;
using Governance.Audit.Registrations;
using Governance.Audit.Runs;
using Governance.Portal.Features.Datasets;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Policies;
using Governance.Registry.ServiceAccounts;
using Governance.Registry.Signatures;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Tokens;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Security;

/// <summary>A portal in which every text that a person may store is markup: names, titles, reasons, columns and levels.</summary>
public sealed class MarkedPortal : IAsyncLifetime
{
    /// <summary>Would run if it ever stood in a page as markup.</summary>
    public const string Markup = "<img src=x onerror=alert(1)>\"'&lt;b&gt;";

    private const string Level = "<img src=x onerror=alert(2)>";

    /// <summary>The portal.</summary>
    public PortalServer Server { get; private set; } = null!;

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        Server = await PortalServer.StartAsync();
        UserId dev = await UserAsync("dev", Role.Developer);
        UserId rita = await UserAsync("rita", Role.Reviewer);
        UserId carl = await UserAsync("carl", Role.Approver);
        await UserAsync("aude", Role.Auditor);
        await UserAsync("ada", Role.Administrator);
        await Get<RegisterModel>().RunAsync(Actor.Person(dev), new NewModel("marked", Markup, Markup, RiskTier.Low), default);
        foreach (UserId user in (UserId[])[rita, carl])
        {
            await Get<GrantAccess>().RunAsync(Actor.System, user, "marked", GrantExtras.None, default);
        }

        foreach (string part in (string[])["train", "test"])
        {
            Assert.IsType<RegisterDatasetOutcome.Registered>(await Get<AdmitDataset>().RunAsync(
                Actor.Person(dev), part, Markup, Rows(part), table => ColumnGuess.Of(table), "yes", "no", default));
        }

        ModelVersion version = Assert.IsType<RegisterVersionOutcome.Registered>(await Get<AdmitVersion>().RunAsync(
            Actor.Person(dev), "marked", await File.ReadAllBytesAsync(Sample("models", "hmda_fair", "model.onnx")),
            await File.ReadAllBytesAsync(Sample("models", "hmda_fair", "manifest.json")), Markup, [], default)).Version;
        await Server.Services.AuditAsync(Actor.Person(dev), version.Id, new AuditOptions
        {
            Name = Markup, Evaluation = "test", Background = "train", BackgroundRows = 10, Protected = ["afam", Level], Seed = 7,
            Explanation = new ExplanationOptions { Method = "kernel", Rows = 3, Samples = 64 },
        });
        await Get<MoveVersion>().RunAsync(Actor.Person(dev), version.Id, StageRequest.Submit, Markup, default);
        await SignAsync(rita, version, Verdict.Reviewed, decision: false);
        await SignAsync(carl, version, Verdict.ApproveWithConditions, decision: true);

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await Get<ManagePublisherKeys>().AddAsync(Actor.System, Markup, SigningKey.ToPem(key), default);
        Assert.IsType<AddUserOutcome.Added>(await Get<AddServiceAccount>().RunAsync(
            Actor.System, new NewServiceAccount("robot", Markup, dev, new HashSet<Role> { Role.Consumer }), default));
        Assert.IsType<IssueTokenOutcome.Issued>(await Get<IssueToken>().RunAsync(Actor.System, new NewToken(dev, Markup, [TokenScope.Read]), default));
    }

    /// <inheritdoc />
    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>What the ledger says that people did, in order; the system makes a key of its own at its first need.</summary>
    public async Task<string[]> LedgerAsync()
    {
        await using GovernanceDb db = await Get<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        return await db.Ledger.Where(entry => entry.Actor.StartsWith("user:")).OrderBy(entry => entry.Sequence).Select(entry => entry.Action).ToArrayAsync();
    }

    private T Get<T>()
        where T : notnull => Server.Services.GetRequiredService<T>();

    private async Task<UserId> UserAsync(string name, Role role)
    {
        await using AsyncServiceScope scope = Server.Services.CreateAsyncScope();
        return Assert.IsType<AddUserOutcome.Added>(await scope.ServiceProvider.GetRequiredService<AddUser>().RunAsync(
            Actor.System, new NewUser(name, Markup, PortalServer.Password, new HashSet<Role> { role }), default)).Person.Id;
    }

    // The rows of the sample with one more column, whose name and levels are markup.
    private static byte[] Rows(string part)
    {
        string[] lines = File.ReadAllLines(Sample("hmda", $"{part}.csv"));
        StringBuilder text = new($"{lines[0]},{Level}\n");
        for (int row = 1; row < lines.Length; row++)
        {
            text.Append(lines[row]).Append(row % 3 == 0 ? $",{Level}\n" : ",plain\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private async Task SignAsync(UserId by, ModelVersion version, Verdict verdict, bool decision)
    {
        await using GovernanceDb db = await Get<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        EvidenceRecord[] evidence = await db.Evidence.AsNoTracking().Where(row => row.Version == version.Id).ToArrayAsync();
        SignOffDossier dossier = (await Get<DossierQueries>().OfAsync(version.Id, default))!;
        string[] open =
        [
            .. dossier.Findings.Where(finding => finding.IsOpen).Select(finding => finding.Id),
            .. dossier.Register.Where(finding => finding.State == "Open").Select(finding => finding.Id),
        ];
        NewSignOff wanted = new(
            version.Id, version.Digest, EvidenceRoot.Of(version.Digest, evidence), verdict, Markup, verdict == Verdict.ApproveWithConditions ? Markup : null)
        {
            SeenDossier = dossier.Root,
            Waived = decision ? [new LineWaiver("marked", Markup, GateVerdict.Breaches, Markup, TimeProvider.System.GetUtcNow().AddDays(30), open)] : [],
        };
        Assert.IsType<SignOffOutcome.Recorded>(decision
            ? await Get<RecordDecision>().RunAsync(Actor.Person(by), wanted, default)
            : await Get<RecordReview>().RunAsync(Actor.Person(by), wanted, default));
    }

    private static string Sample(params string[] parts) => Path.Combine([Reference.Repository, "samples", .. parts]);
}
