using Governance.Registry.Ledger;

namespace Governance.Registry.SignOffs;

/// <summary>Records a reviewer's review.</summary>
public sealed class RecordReview(AppendGate gate)
{
    /// <summary>Records it, if the policy lets the person.</summary>
    /// <exception cref="ArgumentException">The actor is the system.</exception>
    public Task<SignOffOutcome> RunAsync(Actor actor, NewSignOff signOff, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(signOff);
        if (actor.User is null)
        {
            throw new ArgumentException("A person signs off.", nameof(actor));
        }

        return gate.RunAsync(actor, async change =>
        {
            JudgedSignOff judged = await SignOffRecording.JudgeAsync(change.Db, actor, SignOffKind.Review, signOff, root: null, inheritance: null, cancellationToken);
            if (judged.Closed is SignOffOutcome closed)
            {
                return closed;
            }

            PersonalText rationale = PersonalText.Write(signOff.Rationale!.Trim());
            SignOff review = new(
                SignOffId.New(), judged.Version!.Id, judged.Version.Round, judged.Version.Digest, judged.State!.Evidence, actor.User.Value,
                SignOffKind.Review, signOff.Verdict, rationale.Digest, null, change.Now)
            {
                Areas = signOff.Areas,
            };
            change.Add(review, "sign-off.reviewed", judged.Version.Subject, rationale);
            await SignOffRecording.MoveAsync(change, judged, cancellationToken);
            return new SignOffOutcome.Recorded(review, judged.Version.Stage);
        }, cancellationToken);
    }
}
