using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Registry.Access;
using Governance.Registry.Protection;
using Governance.Registry.Versions;

namespace Governance.Audit.Tests.Answers;

public sealed class AnswerAdmissionTests
{
    [Fact]
    public void Consumers_are_answered_by_approved_versions_and_builders_by_all_but_the_last_stages()
    {
        foreach (Stage stage in Enum.GetValues<Stage>())
        {
            Assert.Equal(stage is Stage.Approved or Stage.ApprovedWithConditions, AnswerAdmission.Answers(stage, consumer: true));
            Assert.Equal(stage is not (Stage.Voided or Stage.Retired), AnswerAdmission.Answers(stage, consumer: false));
        }
    }

    [Fact]
    public void A_right_that_is_denied_goes_before_stage_and_throttle()
    {
        AnswerOutcome.Refused? refused = AnswerAdmission.Refusal(Right.Predict, AccessDecision.Denied, Stage.Draft, Throttle.Stopped);

        Assert.Equal((AnswerRefusal.NoRight, "no-right"), (refused!.Cause, refused.Reason.Code));
        Assert.Null(AnswerAdmission.Refusal(Right.Predict, new AccessDecision(true, Role.Consumer, Allowance.Budgeted), Stage.Approved, Throttle.LabelOnly));
    }

    [Fact]
    public void A_form_may_tell_less_and_never_more()
    {
        OutputPolicy policy = new(PredictionForm.OneDecimal, AttributionForm.Bucketed, CounterfactualForm.Prototype);

        Assert.Equal(policy, AnswerAdmission.Released(policy, false, PredictionForm.Full));
        Assert.Equal(policy with { Prediction = PredictionForm.LabelOnly }, AnswerAdmission.Released(policy, false, PredictionForm.LabelOnly));
        Assert.Equal(OutputPolicy.LabelsAlone, AnswerAdmission.Released(policy, true, null));
    }

    [Fact]
    public void Every_limit_is_refused_in_words_of_its_own_with_the_time_to_wait()
    {
        DateTimeOffset now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
        AnswerOutcome.Refused[] refusals =
        [
            .. Enum.GetValues<BudgetWindow>().Select(window => AnswerAdmission.Spent(new ChargeOutcome.Refused(window, 10, 3, now.AddHours(5)), now)),
        ];

        Assert.Equal(refusals.Length, refusals.Select(refused => refused.Reason.Code).Distinct().Count());
        Assert.All(refusals, refused => Assert.Equal((TimeSpan.FromHours(5), 10L, 3L), (refused.RetryAfter!.Value, refused.Limit, refused.Left)));
        Assert.Null(AnswerAdmission.Spent(new ChargeOutcome.Refused(BudgetWindow.PrincipalLifetime, 10, 3, null), now).RetryAfter);
    }

    [Fact]
    public void A_bucket_of_rows_empties_at_once_and_refills_by_the_minute()
    {
        SteppedClock clock = new();
        RequestRate rate = new(clock);
        Guid principal = Guid.CreateVersion7();

        Assert.Null(rate.Take(principal, RequestRate.Burst));
        Assert.Equal(0.1, rate.Take(principal, 1)!.Value.TotalSeconds, 1e-6);
        Assert.Null(rate.Take(Guid.CreateVersion7(), 1));
        clock.Seconds = 1;
        Assert.Null(rate.Take(principal, 10));
        Assert.NotNull(rate.Take(principal, 1));
    }

    private sealed class SteppedClock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
