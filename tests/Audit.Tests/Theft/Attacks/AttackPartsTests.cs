using Governance.Audit.Answers.Policy;
using Governance.Audit.Explanations;
using Governance.Audit.Statistics;
using Governance.Audit.Theft.Attacks;
using Governance.Tests;

namespace Governance.Audit.Tests.Theft.Attacks;

public sealed class AttackPartsTests
{
    [Fact]
    public void Rows_survive_the_way_into_numbers_and_back()
    {
        using GivenVictim given = GivenVictim.Hmda("hmda_gbt");
        Victim victim = given.Attacked().Victim;

        VictimAnswers asRead = victim.Answer(given.Request.HeldOut, default);
        VictimAnswers throughNumbers = victim.Answer(victim.Space.Write(given.Request.HeldOut), default);

        Assert.Equal(asRead.Labels, throughNumbers.Labels);
        Assert.All(asRead.Scores.Zip(throughNumbers.Scores), pair => Assert.Equal(pair.First[1], pair.Second[1], 1e-6));
    }

    [Fact]
    public void Questions_for_equations_are_as_many_as_unknowns_and_independent()
    {
        using GivenVictim given = GivenVictim.Hmda("hmda_logreg");
        QuerySpace space = given.Attacked().Victim.Space;

        IReadOnlyList<float[]> rows = EquationRows.OneAtATime(space);

        Assert.Equal(space.Unknowns, rows.Count);
        LinearDesign design = new(space);
        var lines = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(rows.Count, rows.Count);
        double[] line = new double[design.Size];
        for (int i = 0; i < rows.Count; i++)
        {
            design.Fill(rows[i], line);
            lines.SetRow(i, line);
        }

        Assert.Equal(rows.Count, lines.Rank());
    }

    [Fact]
    public void A_form_and_its_unknowns_are_each_other_s_inverse_up_to_what_no_row_shows()
    {
        using GivenVictim given = GivenVictim.Hmda("hmda_logreg");
        QuerySpace space = given.Attacked().Victim.Space;
        LinearDesign design = new(space);
        SeededRandom random = new(1, 0);
        double[] form = [.. Enumerable.Range(0, space.Width + 1).Select(_ => random.NextDouble() - 0.5)];

        double[] back = design.Form(design.Solution(form));

        foreach (float[] row in space.Write(given.Request.HeldOut)[..20])
        {
            Assert.Equal(Value(form, row), Value(back, row), 1e-9);
        }
    }

    [Fact]
    public void Members_that_are_the_others_are_told_from_them_by_chance_alone()
    {
        using GivenVictim given = GivenVictim.Hmda("hmda_logreg");
        AttackedModel attacked = given.Attacked();
        float[][] rows = attacked.Victim.Space.Write(given.Request.HeldOut);

        MembershipFigures figures = MembershipTest.Run(
            attacked, FrontDoorTerms.Unprotected(ReleaseClass.Linear), rows, null, rows, null, 0.95, default);

        Assert.Equal(("confidence", 0.5), (figures.Method, figures.Auc!.Value));
        Assert.InRange(0.5, figures.AucInterval![0], figures.AucInterval[1]);
        Assert.InRange(figures.Caught!.Value, 0, 0.0101);
    }

    [Fact]
    public void Members_that_are_always_surer_are_all_found()
    {
        // Far from the plane the model is sure, near it it is not.
        using GivenVictim given = GivenVictim.Of(GivenModel.Logistic([4f], 0f), 1);
        AttackedModel attacked = given.Attacked();
        float[][] sure = [.. Enumerable.Range(0, 50).Select(i => (float[])[0.5f + (i / 200f)])];
        float[][] unsure = [.. Enumerable.Range(0, 50).Select(i => (float[])[i / 200f])];

        MembershipFigures free = MembershipTest.Run(
            attacked, FrontDoorTerms.Unprotected(ReleaseClass.Linear), sure, null, unsure, null, 0.95, default);
        MembershipFigures labels = MembershipTest.Run(
            attacked, FrontDoorTerms.Unprotected(ReleaseClass.Linear) with { Policy = OutputPolicy.LabelsAlone }, sure, null, unsure, null, 0.95, default);

        Assert.Equal((1.0, 1.0), (free.Auc, free.Caught));
        Assert.Null(labels.Auc);
        Assert.Equal(WilsonInterval.Compute(1, 50, 0.95).ToArray(), free.CaughtInterval);
    }

    [Fact]
    public void The_point_where_the_answer_turns_is_found_between_legal_rows()
    {
        using GivenVictim given = GivenVictim.Of(GivenModel.Logistic([2f, 1f], -0.5f), 2);
        QuerySpace space = given.Attacked().Victim.Space;

        (float[] inside, float[] outside) = BoundarySearch.Between(space, [-0.9f, -0.9f], 0, [0.9f, 0.9f], row => (2 * row[0]) + row[1] >= 0.5f ? 1 : 0)!.Value;

        Assert.Equal(0.5, (2 * (double)inside[0]) + inside[1], 1e-5);
        Assert.True((2 * outside[0]) + outside[1] >= 0.5f);
    }

    [Fact]
    public void A_perfect_copy_is_told_from_one_that_always_says_the_same()
    {
        float[][] rows = [.. Enumerable.Range(0, 100).Select(i => (float[])[i])];
        double[][] scores = [.. rows.Select(row => (double[])[1 - (row[0] / 100), row[0] / 100])];
        VictimAnswers truth = new(scores, [.. scores.Select(one => one[1] >= 0.5 ? 1 : 0)]);

        CopyQuality perfect = MeasureCopy.Run(new CopiedModel("own", row => [1 - (row[0] / 100), row[0] / 100]), rows, truth, 0.95, 1, default);
        CopyQuality constant = MeasureCopy.Run(CopiedModel.Constant([0.505, 0.495]), rows, truth, 0.95, 1, default);

        Assert.Equal((1.0, 1.0), (perfect.Fidelity, perfect.R2));
        Assert.Equal(0.5, constant.Fidelity);
        Assert.Equal(0, constant.R2!.Value, 1e-9);
        Assert.Equal(WilsonInterval.Compute(0.5, 100, 0.95), constant.Interval);
    }

    private static double Value(double[] form, float[] row)
    {
        double sum = form[0];
        for (int i = 0; i < row.Length; i++)
        {
            sum += form[i + 1] * row[i];
        }

        return sum;
    }
}
