using Governance.Audit.Runs;
using Governance.Registry.Access;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Versions;

namespace Governance.Audit.Candidates;

/// <summary>Puts a choice among candidates on record: evidence without findings on the chosen version, with a ledger entry as any.</summary>
public sealed class RequestChoice(StartRun startRun, AuditQueue queue)
{
    /// <summary>What the titles of such runs begin with.</summary>
    public const string TitleStart = "Choice of ";

    /// <summary>Requests it; whoever may submit versions of the model may choose among them.</summary>
    /// <param name="actor">Who chooses.</param>
    /// <param name="version">The chosen version.</param>
    /// <param name="choice">The board as it stood, and the reason.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <returns>Queued, refused with a sentence, or no such version.</returns>
    public async Task<StartRunOutcome> RunAsync(Actor actor, ModelVersionId version, CandidateChoice choice, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(choice);
        string? fault = string.IsNullOrWhiteSpace(choice.Reason) ? "Say why this candidate was chosen."
            : choice.Reason.Length > CandidateChoice.MostReason ? $"A reason has at most {CandidateChoice.MostReason:N0} characters."
            : choice.Among.All(candidate => candidate.Name != choice.Chosen) ? "The chosen version is none of the candidates."
            : choice.Among.Count < 2 ? "A choice needs at least two candidates."
            : null;
        if (fault is not null)
        {
            return new StartRunOutcome.Refused(new Refusal("bad-choice", fault));
        }

        AuditOptions options = new()
        {
            Name = TitleStart + choice.Chosen,
            Kind = AuditKind.Choice,
            Evaluation = choice.Data,
            Background = choice.Data,
            Explanation = new ExplanationOptions { Rows = 0 },
            Choice = choice,
        };
        StartRunOutcome outcome = await startRun.RunAsync(actor, version, options.Name, AuditSpecJson.Write(options), [Right.Register], cancellationToken);
        if (outcome is StartRunOutcome.Queued)
        {
            queue.Wake();
        }

        return outcome;
    }
}
