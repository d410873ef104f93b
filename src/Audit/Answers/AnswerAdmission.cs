using Governance.Audit.Answers.Policy;
using Governance.Registry.Access;
using Governance.Registry.Alarms;
using Governance.Registry.Protection;
using Governance.Registry.Versions;

namespace Governance.Audit.Answers;

/// <summary>Which requests are let in, and how far they are answered. Pure.</summary>
/// <remarks>
/// Consumers are answered by approved versions alone. Those who build and judge a model may ask it in every stage but the
/// last two: what they find decides on the stage.
/// </remarks>
public static class AnswerAdmission
{
    /// <summary>The right that a question needs.</summary>
    public static Right RightFor(QueryKind kind) => kind == QueryKind.Predict ? Right.Predict : Right.ExplainRow;

    /// <summary>Why a request is not let in; null where it is.</summary>
    /// <param name="right">The right that it needs.</param>
    /// <param name="decision">What the table of rights answered.</param>
    /// <param name="stage">Of the version.</param>
    /// <param name="throttle">Of the model.</param>
    public static AnswerOutcome.Refused? Refusal(Right right, AccessDecision decision, Stage stage, Throttle throttle)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return !decision.Allowed ? new AnswerOutcome.Refused(AnswerRefusal.NoRight, RightsRefusals.For(right))
            : !Answers(stage, decision.By == Role.Consumer) ? new AnswerOutcome.Refused(AnswerRefusal.Closed, new Refusal(
                "wrong-stage", $"This version is {stage.InWords()}; {(decision.By == Role.Consumer ? "only an approved version answers" : "it no longer answers")}."))
            : throttle == Throttle.Stopped ? new AnswerOutcome.Refused(AnswerRefusal.Closed, new Refusal(
                "stopped", "The model was stopped by its owner, an operator or an administrator. Ask them when it will answer again."))
            : null;
    }

    /// <summary>Whether a version of a stage answers.</summary>
    /// <param name="stage">Of the version.</param>
    /// <param name="consumer">Whether a consumer asks.</param>
    public static bool Answers(Stage stage, bool consumer) =>
        consumer ? stage.IsApproved() : stage is not (Stage.Voided or Stage.Retired);

    /// <summary>What is released to whoever asks.</summary>
    /// <param name="policy">Of their role and the model's class.</param>
    /// <param name="labelsAlone">Whether a throttle or an alarm holds everything but decisions back.</param>
    /// <param name="asked">A form that tells less; null for the policy's.</param>
    public static OutputPolicy Released(OutputPolicy policy, bool labelsAlone, PredictionForm? asked)
    {
        OutputPolicy released = labelsAlone ? policy.And(OutputPolicy.LabelsAlone) : policy;
        return asked is PredictionForm form ? released.And(released with { Prediction = form }) : released;
    }

    /// <summary>Why a kind of answer is not released at all; null where it is.</summary>
    public static AnswerOutcome.Refused? Refusal(QueryKind kind, OutputPolicy policy, bool labelsAlone) => Price.Of(kind, policy) > 0
        ? null
        : new AnswerOutcome.Refused(AnswerRefusal.Closed, labelsAlone
            ? new Refusal("labels-only", "The model gives decisions alone at the moment, no explanations: it was throttled, or the traffic looked like an attempt to copy it. Confirm on the portal's Alarms page that it was you; then its owner can release it.")
            : new Refusal("not-released", "The model's output policy releases no answers of this kind to your role."));

    /// <summary>Why rows that cost something are not answered after a mark of the gauge; null where they are.</summary>
    /// <param name="gauge">How the asker stands; null where nothing marks them.</param>
    public static AnswerOutcome.Refused? Refusal(GaugeStanding? gauge) => gauge switch
    {
        null or { Verdict: GaugeVerdict.Approved } => null,
        { Verdict: GaugeVerdict.Refused } => new AnswerOutcome.Refused(AnswerRefusal.NeedsApproval, new Refusal(
            "approval-refused", $"What you were answered is enough to rebuild the model, and its owner, {gauge.OwnerName}, refused further answers. Exact repeats are still free.")),
        _ => new AnswerOutcome.Refused(AnswerRefusal.NeedsApproval, new Refusal(
            "needs-approval", $"What you were answered is enough to rebuild the model nearly as well as its owner could, so further answers need the approval of {gauge.OwnerName}, who owns it. Exact repeats are still free.")),
    };

    /// <summary>A spent budget in words; the units of an approval are one.</summary>
    /// <param name="refused">Which limit.</param>
    /// <param name="gauge">How the asker stands; null where nothing marks them.</param>
    /// <param name="now">UTC.</param>
    public static AnswerOutcome.Refused Spent(ChargeOutcome.Refused refused, GaugeStanding? gauge, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(refused);
        return refused.Window == BudgetWindow.PrincipalLifetime && refused.Limit == gauge?.Until
            ? new AnswerOutcome.Refused(AnswerRefusal.NeedsApproval, new Refusal(
                "needs-approval", $"Of the units that {gauge.OwnerName}, the model's owner, approved {refused.Left} are left, too few for this. They can approve more."), null, refused.Limit, refused.Left)
            : Spent(refused, now);
    }

    /// <summary>A spent budget in words.</summary>
    /// <param name="refused">Which limit.</param>
    /// <param name="now">UTC.</param>
    public static AnswerOutcome.Refused Spent(ChargeOutcome.Refused refused, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(refused);
        (string code, string sentence) = refused.Window switch
        {
            BudgetWindow.PrincipalDay => ("budget-day", $"Your budget of {refused.Limit} units in 24 hours on this model has {refused.Left} left, too few for this."),
            BudgetWindow.PrincipalLifetime => ("budget-lifetime", $"Your budget of {refused.Limit} units in all on this model has {refused.Left} left, too few for this. Its owner can approve more."),
            BudgetWindow.TeamDay => ("budget-team", $"Your team's budget of {refused.Limit} units in 24 hours on this model has {refused.Left} left, too few for this."),
            BudgetWindow.ModelMonth => ("budget-model", $"The model's budget of {refused.Limit} units in 30 days over all who ask it has {refused.Left} left, too few for this."),
            BudgetWindow.PrincipalDisclosing => ("budget-linear", $"Numbers of a linear model give its weights away, so you get {refused.Limit} units of them in all; {refused.Left} are left. Ask for the form labelOnly, or its owner to approve more."),
            _ => ("budget-linear-team", $"Numbers of a linear model give its weights away, so your team gets {refused.Limit} units of them in all; {refused.Left} are left. Ask for the form labelOnly, or its owner to approve more."),
        };
        TimeSpan? wait = refused.FreeAt is DateTimeOffset at ? (at > now ? at - now : TimeSpan.FromSeconds(1)) : null;
        return new AnswerOutcome.Refused(AnswerRefusal.OverBudget, new Refusal(code, sentence), wait, refused.Limit, refused.Left);
    }
}
