using System.Diagnostics;
using System.Globalization;
using Governance.Audit.Findings;
using Governance.Portal.Features.Accounts;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Sessions;
using Governance.Registry.SignOffs;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.SignOffs;

/// <summary>Submit, review or decide: the form that the rules leave open for a person, or why none is.</summary>
public sealed partial class SignOffForms
{
    private const int ConditionRows = 4;

    private static readonly (SignOffChoice, string, string)[] ReviewChoices =
    [
        (SignOffChoice.Reviewed, "Reviewed, no objection", "counts as the effective challenge of this round"),
        (SignOffChoice.RequestChanges, "Request changes", "returns to the developer; this review is kept"),
    ];

    private static readonly (SignOffChoice, string, string)[] DecisionChoices =
    [
        (SignOffChoice.Approve, "Approve", "the version may be deployed once enough approvers signed"),
        (SignOffChoice.ApproveWithConditions, "Approve with conditions", "each condition becomes a finding with an owner and a date"),
        (SignOffChoice.Inherit, "Inherit the parent’s sign-off", "the battery meets the policy on every line; ends when the parent’s approval does"),
        (SignOffChoice.RequestChanges, "Request changes", "returns to the developer; this decision is kept"),
        (SignOffChoice.Reject, "Reject", "closes the version"),
    ];

    private static readonly (ReviewArea, string)[] Areas =
    [
        (ReviewArea.Technical, "Technical matters"), (ReviewArea.Fairness, "Fairness matters"), (ReviewArea.Security, "Security matters"),
    ];

    private IReadOnlyList<LineInput> lines = [];
    private IReadOnlyList<ConditionInput> conditions = [];
    private SignOffOffer? offer;
    private string? refusal;

    /// <summary>What lies before the signer.</summary>
    [Parameter, EditorRequired]
    public SignOffDesk Desk { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "sign-off")]
    private SignOffForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private SubmitVersion SubmitVersion { get; set; } = default!;

    [Inject]
    private RecordReview RecordReview { get; set; } = default!;

    [Inject]
    private RecordDecision RecordDecision { get; set; } = default!;

    [Inject]
    private StepUp StepUp { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private VersionView View => Desk.View;

    private IReadOnlyList<ChecklistLine> Open => [.. Desk.Lines.Where(line => line.NeedsReason)];

    private IReadOnlyList<(SignOffChoice Choice, string Name, string Note)> Choices =>
        offer == SignOffOffer.Review ? ReviewChoices
        : View.Parents.Count > 0 ? DecisionChoices
        : [.. DecisionChoices.Where(each => each.Item1 != SignOffChoice.Inherit)];

    private string Heading => offer switch
    {
        SignOffOffer.Submit => "Submit for review",
        SignOffOffer.Review => "Your review",
        SignOffOffer.Decision => "Your decision",
        _ => "Nothing to sign here",
    };

    private string Button => offer switch
    {
        SignOffOffer.Submit => "Submit for review",
        SignOffOffer.Review => "Record the review",
        _ => "Sign the decision",
    };

    private string RationaleHint => offer == SignOffOffer.Submit
        ? "Optional, kept with the submission. What you stated is frozen while the version is in review."
        : "Required, kept with the sign-off.";

    private string Binds => offer == SignOffOffer.Decision
        ? $"Your signature binds the model file, encoding, threshold, policy {Desk.Pack.Name} {Desk.Pack.Number}, data, {PlainNumbers.Count(Desk.Dossier?.Findings.Count ?? 0)} findings, "
            + "statements, cases and register under this root. Any change to them voids it."
        : $"Reviewers see {PlainNumbers.Count(View.Evidence.Count)} evidence item{VersionWords.Plural(View.Evidence.Count)} under this digest.";

    private string UsualEnd => DayAfter((int)Desk.State.Terms.LongestWaiver.TotalDays - 1);

    private string UsualDue => DayAfter(SignOffCondition.UsualDays);

    // The one sentence that fits best: why the person may not decide, else why not review, else why not submit.
    private string Closed => Desk.RefusalFor(SignOffKind.Decision, Verdict.RequestChanges) is { Code: not "no-right" } decide ? decide.Sentence
        : Desk.RefusalFor(SignOffKind.Review, Verdict.Reviewed) is { Code: not "no-right" } review ? review.Sentence
        : View.Viewer.Register && WhyNotSubmit() is { } submit ? submit.Sentence
        : $"This version is {View.Version.Stage.InWords()}. Your role does not submit, review or decide on it.";

    protected override void OnInitialized()
    {
        Form ??= new SignOffForm();
        IFormCollection? posted = HttpMethods.IsPost(Http.Request.Method) && Http.Request.HasFormContentType ? Http.Request.Form : null;
        (lines, conditions) = (LineInput.Read(posted), ConditionInput.Read(posted));
        offer = Desk.Fault is not null ? null
            : Desk.RefusalFor(SignOffKind.Decision, Verdict.RequestChanges) is null ? SignOffOffer.Decision
            : Desk.RefusalFor(SignOffKind.Review, Verdict.Reviewed) is null ? SignOffOffer.Review
            : WhyNotSubmit() is null ? SignOffOffer.Submit
            : null;
    }

    // Below High one review of everything is usual; from High on the areas are ticked by whoever looked at them.
    private bool IsAsked(ReviewArea area) => Form!.Areas is { IsEmpty: false } ticked ? ticked.Contains(area) : View.Model.Tier < RiskTier.High;

    private LineInput? TypedFor(ChecklistLine line) => lines.FirstOrDefault(each => each.Line == line.Id);

    private string DayAfter(int days) => DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private Refusal? WhyNotSubmit() => StagePolicy.RefusalFor(
        StageRequest.Submit, View.Version.Stage, View.State.People, View.Person, View.Relation);

    private string? NotNow(SignOffChoice choice) => Desk.RefusalFor(
        offer == SignOffOffer.Review ? SignOffKind.Review : SignOffKind.Decision, choice.Verdict())?.Sentence;

    private async Task RecordAsync()
    {
        Actor actor = Http.User.Actor();
        if (Form!.Choice == SignOffChoice.Submit)
        {
            Answer(await StepUp.IsFreshAsync(Http.User, StepUpPurpose.SignOff, Http.RequestAborted)
                ? await SubmitVersion.RunAsync(actor, View.Version.Id, Form.Rationale, Http.RequestAborted)
                : new MoveOutcome.Refused(StepUp.Stale));
            return;
        }

        if (!FactDigest.TryParse(Form.SeenVersion, out FactDigest seenVersion) || !FactDigest.TryParse(Form.SeenEvidence, out FactDigest seenEvidence))
        {
            refusal = "The form is not the one that this page showed. Open the page again.";
            return;
        }

        bool review = Form.Choice is SignOffChoice.Reviewed || offer == SignOffOffer.Review;
        FactDigest? seen = FactDigest.TryParse(Form.SeenDossier, out FactDigest root) ? root : null;
        if (await StaleAsync(review, seen) is Refusal stale)
        {
            refusal = stale.Sentence;
            return;
        }

        Verdict verdict = Form.Choice!.Value.Verdict();
        NewSignOff wanted = new(View.Version.Id, seenVersion, seenEvidence, verdict, Form.Rationale)
        {
            SeenDossier = review ? null : seen,
            Areas = review ? Form.Areas : null,
            ConditionList = verdict != Verdict.ApproveWithConditions ? [] : SignOffForm.Conditional(conditions),
            Waived = verdict.IsApproval() ? SignOffForm.Waived(Open, lines) : [],
        };
        Answer(review
            ? await RecordReview.RunAsync(actor, wanted, Http.RequestAborted)
            : await RecordDecision.RunAsync(actor, wanted, Http.RequestAborted));
    }

    // A decision is confirmed over its root: whoever confirmed something else signs nothing.
    private async Task<Refusal?> StaleAsync(bool review, FactDigest? seen) => review
        ? (await StepUp.IsFreshAsync(Http.User, StepUpPurpose.SignOff, Http.RequestAborted) ? null : StepUp.Stale)
        : (seen is FactDigest root && await StepUp.IsFreshAsync(Http.User, StepUpPurpose.SignOff, root, Http.RequestAborted) ? null : StepUp.OtherBytes);

    private void Answer(SignOffOutcome outcome)
    {
        switch (outcome)
        {
            case SignOffOutcome.Recorded:
                Navigation.NavigateTo(View.Address("sign-off"));
                break;
            case SignOffOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            case SignOffOutcome.NoSuchVersion:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Answer(MoveOutcome outcome)
    {
        switch (outcome)
        {
            case MoveOutcome.Moved:
                Navigation.NavigateTo(View.Address("sign-off"));
                break;
            case MoveOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            case MoveOutcome.NoSuchVersion:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }
}
