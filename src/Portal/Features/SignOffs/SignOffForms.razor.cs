using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Governance.Audit.Findings;
using Governance.Portal.Features.Accounts;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Sessions;
using Governance.Registry.SignOffs;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.SignOffs;

/// <summary>Submit, review or decide: the form that the rules leave open for a person, or why none is.</summary>
public sealed partial class SignOffForms
{
    private static readonly (SignOffChoice, string, string)[] ReviewChoices =
    [
        (SignOffChoice.Reviewed, "Reviewed, no objection", "counts as the effective challenge of this round"),
        (SignOffChoice.RequestChanges, "Request changes", "returns to the developer; this review is kept"),
    ];

    private static readonly (SignOffChoice, string, string)[] DecisionChoices =
    [
        (SignOffChoice.Approve, "Approve", "the version may be deployed once enough approvers signed"),
        (SignOffChoice.ApproveWithConditions, "Approve with conditions", "the conditions are kept with the approval"),
        (SignOffChoice.RequestChanges, "Request changes", "returns to the developer; this decision is kept"),
        (SignOffChoice.Reject, "Reject", "closes the version"),
    ];

    private SignOffOffer? offer;
    private string? refusal;

    /// <summary>The version.</summary>
    [Parameter, EditorRequired]
    public VersionView View { get; set; } = default!;

    /// <summary>The lines of the checklist that do not meet the policy.</summary>
    [Parameter]
    public IReadOnlyList<string> Open { get; set; } = [];

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
    private NavigationManager Navigation { get; set; } = default!;

    private IReadOnlyList<(SignOffChoice Choice, string Name, string Note)> Choices =>
        offer == SignOffOffer.Review ? ReviewChoices : DecisionChoices;

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
        ? "Optional, kept with the submission."
        : Open.Count == 0
            ? "Required, kept with the sign-off."
            : $"Required, kept with the sign-off. Address what does not meet the policy: {string.Join(", ", Open)}.";

    private string Binds => offer == SignOffOffer.Submit
        ? $"Reviewers see {PlainNumbers.Count(View.Evidence.Count)} evidence item{VersionWords.Plural(View.Evidence.Count)} under this digest."
        : $"Your signature binds the artefact, encoding, parents and {PlainNumbers.Count(View.Evidence.Count)} evidence "
            + $"item{VersionWords.Plural(View.Evidence.Count)}. Any change to them voids it.";

    // The one sentence that fits best: why the person may not decide, else why not review, else why not submit.
    private string Closed => Why(SignOffKind.Decision, Verdict.RequestChanges) is { Code: not "no-right" } decide ? decide.Sentence
        : Why(SignOffKind.Review, Verdict.Reviewed) is { Code: not "no-right" } review ? review.Sentence
        : View.Viewer.Register && WhyNotSubmit() is { } submit ? submit.Sentence
        : $"This version is {View.Version.Stage.InWords()}. Your role does not submit, review or decide on it.";

    protected override void OnInitialized()
    {
        Form ??= new SignOffForm();
        offer = Why(SignOffKind.Decision, Verdict.RequestChanges) is null ? SignOffOffer.Decision
            : Why(SignOffKind.Review, Verdict.Reviewed) is null ? SignOffOffer.Review
            : WhyNotSubmit() is null ? SignOffOffer.Submit
            : null;
    }

    private Refusal? Why(SignOffKind kind, Verdict verdict) => SignOffPolicy.RefusalFor(
        View.State,
        new SignOffWish(View.Person, View.Relation, kind, verdict, View.Version.Digest, View.EvidenceRoot));

    private Refusal? WhyNotSubmit() => StagePolicy.RefusalFor(
        StageRequest.Submit, View.Version.Stage, View.State.People, View.Person, View.Relation);

    private string? NotNow(SignOffChoice choice) => Why(
        offer == SignOffOffer.Review ? SignOffKind.Review : SignOffKind.Decision, choice.Verdict())?.Sentence;

    private async Task RecordAsync()
    {
        if (!await StepUp.IsFreshAsync(Http.User, StepUpPurpose.SignOff, Http.RequestAborted))
        {
            refusal = StepUp.Stale.Sentence;
            return;
        }

        Actor actor = Http.User.Actor();
        if (Form!.Choice == SignOffChoice.Submit)
        {
            Answer(await SubmitVersion.RunAsync(actor, View.Version.Id, Form.Rationale, Http.RequestAborted));
            return;
        }

        if (!FactDigest.TryParse(Form.SeenVersion, out FactDigest seenVersion) || !FactDigest.TryParse(Form.SeenEvidence, out FactDigest seenEvidence))
        {
            refusal = "The form is not the one that this page showed. Open the page again.";
            return;
        }

        NewSignOff wanted = new(
            View.Version.Id, seenVersion, seenEvidence, Form.Choice!.Value.Verdict(), Form.Rationale,
            string.IsNullOrWhiteSpace(Form.Conditions) ? null : Form.Conditions);
        Answer(Form.Choice is SignOffChoice.Reviewed || offer == SignOffOffer.Review
            ? await RecordReview.RunAsync(actor, wanted, Http.RequestAborted)
            : await RecordDecision.RunAsync(actor, wanted, Http.RequestAborted));
    }

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

    private sealed class SignOffForm : IValidatableObject
    {
        [Required(ErrorMessage = "Choose one.")]
        public SignOffChoice? Choice { get; set; }

        [StringLength(PersonalText.MaxLength, ErrorMessage = "At most 4,000 characters.")]
        public string? Rationale { get; set; }

        [StringLength(PersonalText.MaxLength, ErrorMessage = "At most 4,000 characters.")]
        public string? Conditions { get; set; }

        /// <summary>What the signer saw; the policy compares it with what is stored now.</summary>
        public string SeenVersion { get; set; } = "";

        public string SeenEvidence { get; set; } = "";

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (Choice is not (null or SignOffChoice.Submit) && string.IsNullOrWhiteSpace(Rationale))
            {
                yield return new ValidationResult("Say why: the rationale is kept with the sign-off.", [nameof(Rationale)]);
            }
        }
    }
}
