using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Privacy;

/// <summary>A request with names.</summary>
/// <param name="Request">The fact.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="CarriedOutBy">Who carried it out; null while it is open.</param>
/// <param name="Reason">What the asker wrote; null where it was erased.</param>
public sealed record SubjectRequestView(SubjectRequest Request, string RequestedBy, string? CarriedOutBy, string? Reason);

/// <summary>Takes requests about one person's rows, and says who may carry them out.</summary>
public sealed class SubjectRequests(AppendGate gate, IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Asks for an export or an erasing.</summary>
    /// <param name="actor">A compliance approver.</param>
    /// <param name="kind">What is wanted.</param>
    /// <param name="key">The keyed digest of what names the person.</param>
    /// <param name="reason">Why, in the asker's words; not the person's name.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<AskOutcome> AskAsync(
        Actor actor, SubjectRequestKind kind, FactDigest key, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        UserId person = actor.User ?? throw new ArgumentException("A person asks.", nameof(actor));
        PersonalText? text = string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > PersonalText.MaxLength ? null : PersonalText.Write(reason.Trim());
        return gate.RunAsync<AskOutcome>(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            Refusal? refusal = SubjectPolicy.RefusalForAsking(standing.Person!.Roles)
                ?? (text is null ? new Refusal("no-reason", $"Say why, in 1 to {PersonalText.MaxLength} characters: it is kept with the request.") : null)
                ?? (await change.Db.SubjectRequests.AnyAsync(
                    row => row.Key == key && row.Kind == kind && row.CarriedOutAt == null, cancellationToken)
                    ? new Refusal("open", "Such a request is open already.") : null);
            if (refusal is not null)
            {
                return new AskOutcome.Refused(refusal);
            }

            SubjectRequest request = new(SubjectRequestId.New(), kind, key, text!.Digest, person, change.Now);
            change.Add(request, kind == SubjectRequestKind.Export ? "subject.export-asked" : "subject.erasure-asked", request.Subject, text);
            return new AskOutcome.Asked(request);
        }, cancellationToken);
    }

    /// <summary>Why someone may not look for a person's rows, or null.</summary>
    public async Task<Refusal?> RefusalForFindingAsync(UserId viewer, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return SubjectPolicy.RefusalForFinding((await Standing.FindPersonAsync(db, viewer, cancellationToken))?.Roles ?? new HashSet<Role>());
    }

    /// <summary>The requests, the latest first; none for who may not look for a person's rows and is no auditor.</summary>
    public async Task<IReadOnlyList<SubjectRequestView>> ListAsync(UserId viewer, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        Person? person = await Standing.FindPersonAsync(db, viewer, cancellationToken);
        if (person is null || (SubjectPolicy.RefusalForFinding(person.Roles) is not null && !person.Roles.Contains(Role.Auditor)))
        {
            return [];
        }

        IReadOnlyDictionary<UserId, string> names = await PeopleQueries.NamesAsync(db, cancellationToken);
        List<SubjectRequest> rows = await db.SubjectRequests.AsNoTracking().OrderByDescending(row => row.RequestedAt).Take(200).ToListAsync(cancellationToken);
        FactDigest[] reasons = [.. rows.Select(row => row.Reason)];
        Dictionary<FactDigest, string> texts = await db.PersonalTexts.AsNoTracking().Where(text => reasons.Contains(text.Digest))
            .ToDictionaryAsync(text => text.Digest, text => text.Text, cancellationToken);
        return
        [
            .. rows.Select(row => new SubjectRequestView(
                row, names.GetValueOrDefault(row.RequestedBy, "somebody"),
                row.CarriedOutBy is UserId by ? names.GetValueOrDefault(by, "somebody") : null, texts.GetValueOrDefault(row.Reason))),
        ];
    }

    /// <summary>Why someone may not carry a request out, or null; with the request.</summary>
    /// <returns>A null request where there is none of this id, of this kind and about this person.</returns>
    public async Task<(SubjectRequest? Request, Refusal? Refusal)> JudgeAsync(
        UserId person, SubjectRequestId id, SubjectRequestKind kind, FactDigest key, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await JudgeAsync(db, person, id, kind, key, cancellationToken);
    }

    /// <summary>Notes that an export was handed out.</summary>
    public Task<PrivacyOutcome> ExportedAsync(Actor actor, SubjectRequestId id, FactDigest key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        UserId person = actor.User ?? throw new ArgumentException("A person exports.", nameof(actor));
        return gate.RunAsync<PrivacyOutcome>(actor, async change =>
        {
            (SubjectRequest? request, Refusal? refusal) = await JudgeAsync(change.Db, person, id, SubjectRequestKind.Export, key, cancellationToken);
            if (request is null || refusal is not null)
            {
                return refusal is null ? new PrivacyOutcome.NotFound() : new PrivacyOutcome.Refused(refusal);
            }

            change.Db.Attach(request);
            change.Change(request, "subject.exported", request.Subject, row => row.CarryOut(person, change.Now));
            return new PrivacyOutcome.Done();
        }, cancellationToken);
    }

    internal static async Task<(SubjectRequest? Request, Refusal? Refusal)> JudgeAsync(
        GovernanceDb db, UserId user, SubjectRequestId id, SubjectRequestKind kind, FactDigest key, CancellationToken cancellationToken)
    {
        SubjectRequest? request = await db.SubjectRequests.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == id && row.Kind == kind && row.Key == key, cancellationToken);
        if (request is null)
        {
            return (null, null);
        }

        Person person = await Standing.FindPersonAsync(db, user, cancellationToken) ?? new Person(user, "", new HashSet<Role>());
        bool sees = false;
        foreach (Model model in await db.Models.AsNoTracking().ToListAsync(cancellationToken))
        {
            Standing standing = await Standing.LoadAsync(db, Actor.Person(user), model, cancellationToken);
            sees |= AccessPolicy.Decide(person.Roles, Right.SeePersonalRows, standing.Relation) is { Allowed: true, Cell: Allowance.LoggedByGrant };
        }

        return (request, SubjectPolicy.RefusalForCarryingOut(request, user, person.Roles, sees));
    }
}

/// <summary>What came of asking.</summary>
public abstract record AskOutcome
{
    private AskOutcome()
    {
    }

    /// <summary>It is on record, open.</summary>
    public sealed record Asked(SubjectRequest Request) : AskOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : AskOutcome;
}
