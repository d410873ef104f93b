using Governance.Audit.Answers.Policy;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Theft.Attacks;
using Governance.Tests;

namespace Governance.Audit.Tests.Theft.Attacks;

/// <summary>Linear models: gone after as many answers as unknowns, which the default budget does not give.</summary>
public sealed class LinearModelTests
{
    [Fact]
    public void As_many_answers_as_unknowns_are_the_model()
    {
        using GivenVictim victim = GivenVictim.Of(GivenModel.Logistic([1.5f, -0.7f, 0.25f, 2f], 0.3f), 4);

        AttackResult solved = GivenVictim.One(victim.Run([], "equation"), "equation", "off");

        Assert.Equal(5, solved.Queries);
        Assert.InRange(solved.ParameterError!.Value, 0, 1e-5);
        Assert.Equal(1, solved.Fidelity!.Value);
        Assert.InRange(solved.R2!.Value, 1 - 1e-9, 1);
    }

    [Fact]
    public void Three_classes_take_no_more_answers_than_two()
    {
        using GivenVictim victim = GivenVictim.Of(GivenVictim.Softmax([1f, -1f, 0.5f, 0.2f, 0.9f, -1.3f, 0.4f, 0.1f, -0.6f], [0.1f, 0f, -0.2f]), 3);

        RedTeamReport report = victim.Run([], "equation", "marginals", "line-search", "explanations");

        AttackResult solved = GivenVictim.One(report, "equation", "off");
        Assert.Equal((4, 1.0), (solved.Queries, solved.Fidelity));
        Assert.InRange(solved.R2!.Value, 1 - 1e-8, 1);
        Assert.InRange(GivenVictim.One(report, "marginals", "off").Fidelity!.Value, 0.97, 1);
        Assert.Equal("There is one boundary to find only between two classes.", GivenVictim.One(report, "line-search", "off").Skipped);
        Assert.Equal("Explanations of several classes are not attacked.", GivenVictim.One(report, "explanations", "off").Skipped);
    }

    [Fact]
    public void A_value_is_copied_by_R2()
    {
        byte[] model = new GivenModel()
            .Input("x", TensorProto.Types.DataType.Float, null, 3)
            .Weights("w", [3, 1], [2f, -3f, 0.5f])
            .Node("MatMul", ["x", "w"], ["y"])
            .Output("y", TensorProto.Types.DataType.Float, null, 1)
            .Build();
        using GivenVictim victim = GivenVictim.Of(model, 3);

        RedTeamReport report = victim.Run([Audience.Consumer], "equation", "own-data");

        Assert.Equal(("value", 0.0), (report.Task, report.BaseRate));
        Assert.InRange(GivenVictim.One(report, "equation", "off").Fidelity!.Value, 1 - 1e-9, 1);
        Assert.Equal("linear", GivenVictim.One(report, "own-data", "consumer").RefusedBy);
        Assert.Contains("R²", RedTeamWords.Finding(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Decisions_alone_give_the_plane_away()
    {
        using GivenVictim victim = GivenVictim.Of(GivenModel.Logistic([3f, -2f, 1f], 0.2f), 3);

        AttackResult searched = GivenVictim.One(victim.Run([], "line-search"), "line-search", "off");

        Assert.InRange(searched.Queries, 50, 400);
        Assert.InRange(searched.Fidelity!.Value, 0.995, 1);
    }

    [Fact]
    public void Two_explanations_are_the_model_and_signs_are_not()
    {
        using GivenVictim victim = GivenVictim.Of(GivenModel.Logistic([1.5f, -0.7f, 0.25f, 2f], 0.3f), 4);

        RedTeamReport report = victim.Run([Audience.Consumer, Audience.Reviewer], "explanations");

        AttackResult free = GivenVictim.One(report, "explanations", "off");
        Assert.Equal(2, free.Queries);
        Assert.InRange(free.ParameterError!.Value, 0, 1e-5);
        Assert.InRange(GivenVictim.One(report, "explanations", "reviewer").ParameterError!.Value, 0, 1e-5);
        Assert.Equal((0, "linear"), (GivenVictim.One(report, "explanations", "consumer").Queries, GivenVictim.One(report, "explanations", "consumer").RefusedBy));
    }

    [Fact]
    public void Asking_again_and_again_tells_nothing_new()
    {
        using GivenVictim victim = GivenVictim.Hmda("hmda_logreg");

        RedTeamReport report = victim.Run([Audience.Reviewer], "equation", "equation-repeat-100");

        AttackResult once = GivenVictim.One(report, "equation", "reviewer");
        AttackResult often = GivenVictim.One(report, "equation-repeat-100", "reviewer");
        Assert.Equal((14, 1_400, 14, once.Units, once.Scored), (once.Queries, often.Queries, often.Distinct, often.Units, often.Scored));
        Assert.Equal(once.ParameterError!.Value, often.ParameterError!.Value, 1e-9);
        Assert.Equal(once.Fidelity, often.Fidelity);
    }

    // The security brief's first target: refused before M + 1 = 14. What the thief then has is worth no more than always
    // saying the same, which is right in 93 % of these rows, so that the brief's 0.90 says nothing here.
    [Fact]
    public void The_default_budget_refuses_a_consumer_of_the_committed_mortgage_model_before_the_last_equation()
    {
        using GivenVictim victim = GivenVictim.Hmda("hmda_logreg");

        RedTeamReport report = victim.Run([Audience.Consumer], "equation");

        AttackResult free = GivenVictim.One(report, "equation", "off");
        AttackResult refused = GivenVictim.One(report, "equation", "consumer");
        Assert.Equal(14, report.Unknowns);
        Assert.Equal((14, 1.0), (free.Queries, free.Fidelity));
        Assert.InRange(free.ParameterError!.Value, 0, 1e-5);
        Assert.Equal("linear", refused.RefusedBy);
        Assert.InRange(refused.Queries, 1, 13);
        Assert.InRange(refused.Fidelity!.Value, 0, report.BaseRate + 0.02);
        Assert.InRange(refused.R2!.Value, double.NegativeInfinity, 0.1);
        Assert.InRange(refused.ParameterError!.Value, 0.9, 10);
    }

    [SkippableTheory]
    [InlineData("german_credit_logreg", "german_credit", "credit_risk", "train.csv", 1e-4)]
    [InlineData("adult_logreg", "adult", "income", "validation.csv", 1e-4)]
    public void Reference_models_are_gone_without_protection_and_refused_with_it(string model, string data, string label, string training, double error)
    {
        using GivenVictim victim = GivenVictim.Shared(model, data, label, training);

        RedTeamReport report = victim.Run([Audience.Consumer], "equation");

        AttackResult free = GivenVictim.One(report, "equation", "off");
        AttackResult refused = GivenVictim.One(report, "equation", "consumer");
        Assert.Equal(report.Unknowns, free.Queries);
        Assert.InRange(free.ParameterError!.Value, 0, error);
        Assert.InRange(free.Fidelity!.Value, 0.999, 1);
        Assert.InRange(refused.Scored, 1, report.Unknowns / 3);
        Assert.InRange(refused.Fidelity!.Value, 0, 0.90);
    }
}
