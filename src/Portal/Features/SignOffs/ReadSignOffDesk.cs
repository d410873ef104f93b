using Governance.Audit.Findings;
using Governance.Audit.Runs;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Checkpoints;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;
using Governance.Registry.Register;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.SignOffs;

/// <summary>Gathers what lies before a signer.</summary>
internal sealed class ReadSignOffDesk(
    IDbContextFactory<GovernanceDb> databases, DossierQueries dossiers, ReadFindings findings, RegisterQueries register,
    ExpireSignOffs expiry, PolicyQueries policies, CheckpointQueries checkpoints, ReadChecklistMeasures measures, ReadInheritance inheritance)
{
    /// <summary>The desk of a version, for someone who may see it.</summary>
    public async Task<SignOffDesk> OfAsync(VersionView view, CancellationToken cancellationToken)
    {
        ModelVersionId id = view.Version.Id;
        (SignOffDossier? dossier, (SealedDossier, SignOffDossier)? last, string? fault) = await DossiersAsync(view, cancellationToken);
        FactDigest? root = dossier?.Root;
        await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
        PolicyPack pack = await policies.InForceAsync(id, DateOnly.FromDateTime(db.Now.UtcDateTime), cancellationToken);
        CaseReview[] cases = await CasesAsync(db, view, cancellationToken);
        ChecklistInput input = new()
        {
            View = view, Pack = pack, Now = db.Now,
            Current = [.. (dossier?.Findings ?? []).Where(finding => finding.Current)],
            Data = dossier?.Data ?? [],
            Statements = await StatementsAsync(db, id, cancellationToken),
            Register = await register.OfVersionAsync(view.Person.Id, id, cancellationToken),
            Cases = (
                cases.Where(row => row.Stratum != CaseReview.OwnChoice).Select(row => (row.Data, row.Row)).Distinct().Count(),
                cases.Count(row => !row.Agrees), StratifiedCases.CountOf(pack)),
        };
        IReadOnlyList<Finding> gated = [];
        if (fault is null)
        {
            (input, gated) = await WithDocumentsAsync(view, input, cancellationToken);
            (input, fault) = await WithMeasuresAsync(view, input, cancellationToken);
        }

        IReadOnlyDictionary<ModelVersionId, IReadOnlyList<SignOffDeadline>> deadlines = await expiry.DeadlinesAsync([id], cancellationToken);
        return new SignOffDesk
        {
            View = view, Pack = pack, Dossier = dossier, Root = root, Fault = fault, Last = last, Gated = gated,
            State = view.State with
            {
                Root = root,
                Roots = await db.SealedDossiers.AsNoTracking().Where(row => row.Version == id).ToDictionaryAsync(row => row.SignOff, row => row.Root, cancellationToken),
                Terms = SignOffTerms.Of(pack, view.Model.Tier),
                Inheritance = fault is null ? await inheritance.OfAsync(id, cancellationToken) : null,
            },
            Changes = dossier is not null && last is var (_, before) ? DossierChanges.Between(before, dossier) : [],
            Lines = Checklist.Of(input),
            Register = input.Register,
            Deadlines = deadlines.GetValueOrDefault(id) ?? [],
            Cases = input.Cases,
            IsFinal = view.ThisRound.LastOrDefault(signOff => signOff.SignOff.Kind == SignOffKind.Decision) is { } decision
                ? await checkpoints.IsFinalAsync(decision.SignOff.Subject, cancellationToken) : null,
            Owners = await OwnersAsync(db, cancellationToken),
        };
    }

    private async Task<(SignOffDossier?, (SealedDossier, SignOffDossier)?, string?)> DossiersAsync(VersionView view, CancellationToken cancellationToken)
    {
        try
        {
            return (await dossiers.OfAsync(view.Version.Id, cancellationToken), await dossiers.LastApprovedAsync(view.Version.Id, cancellationToken), null);
        }
        catch (Exception damage) when (damage is ArtifactDamagedException or FormatException)
        {
            return (null, null, FaultOf(damage));
        }
    }

    private static string FaultOf(Exception damage) => $"A file of this version is not what was stored, so nothing can be signed on it. {damage.Message}";

    private async Task<(ChecklistInput, string?)> WithMeasuresAsync(VersionView view, ChecklistInput input, CancellationToken cancellationToken)
    {
        try
        {
            return (input with { Measures = await measures.OfAsync(view, input.Pack.Limit("rescored-decisions"), cancellationToken) }, null);
        }
        catch (ArtifactDamagedException damage)
        {
            return (input, FaultOf(damage));
        }
    }

    private async Task<(ChecklistInput, IReadOnlyList<Finding>)> WithDocumentsAsync(
        VersionView view, ChecklistInput input, CancellationToken cancellationToken)
    {
        SealedFindings? audit = await findings.ChooseAsync(view, null, document => document.Options.Kind is not (AuditKind.RedTeam or AuditKind.Equivalence), cancellationToken);
        SealedFindings? theft = await findings.ChooseAsync(view, null, document => document.Theft is not null, cancellationToken);
        Finding[] all = [.. ((SealedFindings?[])[audit, theft]).OfType<SealedFindings>().DistinctBy(one => one.Record.Id).SelectMany(one => one.Document.Findings)];
        return (
            input with
            {
                Sentences = all.GroupBy(finding => finding.Id).ToDictionary(group => group.Key, group => group.First().Sentence),
                Protected = audit?.Document.Options.Protected ?? [],
            },
            [.. all.Where(finding => finding.Gate is not null).OrderBy(finding => finding.Gate!.Verdict switch { GateVerdict.Breaches => 0, GateVerdict.Inconclusive => 1, _ => 2 })]);
    }

    /// <summary>The latest statement on each line of the checklist.</summary>
    internal static async Task<IReadOnlyList<AttestationView>> StatementsAsync(GovernanceDb db, ModelVersionId version, CancellationToken cancellationToken)
    {
        Attestation[] rows = await db.Attestations.AsNoTracking().Where(row => row.Version == version).OrderBy(row => row.At).ToArrayAsync(cancellationToken);
        PersonNames names = await PersonNames.LoadAsync(db, rows.Select(row => row.By), cancellationToken);
        FactDigest[] digests = [.. rows.Select(row => row.Text)];
        Dictionary<FactDigest, string> texts = await db.PersonalTexts.AsNoTracking().Where(row => digests.Contains(row.Digest))
            .ToDictionaryAsync(row => row.Digest, row => row.Text, cancellationToken);
        return [.. rows.GroupBy(row => row.Line).Select(line => line.Last())
            .Select(row => new AttestationView(row.Line, texts.GetValueOrDefault(row.Text), names.Of(row.By), row.At))];
    }

    private static async Task<CaseReview[]> CasesAsync(GovernanceDb db, VersionView view, CancellationToken cancellationToken)
    {
        (ModelVersionId id, int round) = (view.Version.Id, view.Version.Round);
        return await db.CaseReviews.AsNoTracking().Where(row => row.Version == id && row.Round == round).ToArrayAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<(UserId, string)>> OwnersAsync(GovernanceDb db, CancellationToken cancellationToken) =>
    [
        .. (await db.Users.AsNoTracking().Where(user => !user.Deactivated && user.Owner == null).ToListAsync(cancellationToken))
            .OrderBy(user => user.DisplayName, StringComparer.OrdinalIgnoreCase).Select(user => (user.Person, user.DisplayName)),
    ];
}
