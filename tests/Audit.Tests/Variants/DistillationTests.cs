using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Training.Students;
using Governance.Audit.Variants;
using Governance.Audit.Variants.Distillation;
using Governance.Tests;

namespace Governance.Audit.Tests.Variants;

/// <summary>Students: they find a teacher of their own kind again, take its inputs and outputs, and are measured on rows that they did not see.</summary>
public sealed class DistillationTests
{
    private const int Count = 600;

    // A logistic student of a logistic teacher has nothing to lose, whatever the temperature.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_logistic_student_finds_a_logistic_teacher_again(double temperature)
    {
        byte[] parent = GivenModel.Logistic([1.5f, -2, 0.5f], 0.25f);

        MadeVariant made = MakeVariant.Run(parent, Recipe(StudentFamily.Logistic) with { Temperature = temperature }, Given(parent), null, default);

        float[] probe = [0.3f, -0.2f, 1, 2, 1, 0, -1, -1, -1];
        Assert.All(Say(parent, probe, "prob").Zip(Say(made.Model, probe, "prob")), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
        StudentReport report = made.Student!;
        Assert.InRange(report.Fidelity!.Value, 0.99, 1);
        Assert.InRange(report.R2!.Value, 0.9999, 1);
        Assert.Equal((Count, report.LearnedRows), (report.LearnedRows + report.HeldOutRows, report.RedrawnRows));
    }

    [Fact]
    public void Shares_are_softened_by_dividing_their_log_odds()
    {
        double[] soft = TrainStudent.Soften([0.7, 0.2, 0.1], 3);

        Assert.Equal(Math.Log(0.7 / 0.1) / 3, Math.Log(soft[0] / soft[2]), 1e-12);
        Assert.Equal(1, soft.Sum(), 1e-12);
    }

    [Theory]
    [InlineData(StudentFamily.Logistic)]
    [InlineData(StudentFamily.Tree)]
    [InlineData(StudentFamily.Trees)]
    [InlineData(StudentFamily.Network)]
    public void A_student_takes_what_its_parent_takes_and_gives_what_it_gives(StudentFamily family)
    {
        byte[] parent = GivenModel.ZipMapped([2, -1, 1], 0, "no", "yes");

        byte[] made = MakeVariant.Run(parent, Recipe(family), Given(parent), null, default).Model;

        using OnnxPredictor before = Load(parent);
        using OnnxPredictor after = Load(made);
        Assert.Equal(before.Signature.Inputs.Select(input => (input.Name, input.Kind)), after.Signature.Inputs.Select(input => (input.Name, input.Kind)));
        Assert.Equal(before.Signature.Outputs.Select(output => (output.Name, output.Role)), after.Signature.Outputs.Select(output => (output.Name, output.Role)));
        Assert.Equal(["no", "yes"], after.Signature.Outputs.Single(output => output.Name == "probabilities").Classes);
        InputBatch rows = new([new InputTensor("x", Draw(60, 9), 3, [3])]);
        string[] said = after.Predict(rows, default)["label"].Texts!;
        Assert.InRange(said.Zip(before.Predict(rows, default)["label"].Texts!, (a, b) => a == b ? 1.0 : 0).Average(), 0.75, 1);
        double[] shares = after.Predict(rows, default)["probabilities"].Numbers!;
        Assert.Equal(said, Enumerable.Range(0, 60).Select(row => shares[(2 * row) + 1] > shares[2 * row] ? "yes" : "no"));
    }

    // The parent says "yes" from 0.8 on: so does a student whose probabilities are as good.
    [Fact]
    public void A_label_that_turns_elsewhere_than_at_a_half_turns_there_again()
    {
        byte[] parent = new GivenModel().Input("x", TensorProto.Types.DataType.Float, null, 3).Weights("w", [3, 1], (float[])[2f, -1f, 1f]).Weights("cut", [1], (float[])[0.8f]).Weights("flat", [1], (long[])[-1L])
            .Node("MatMul", ["x", "w"], ["z"]).Node("Sigmoid", ["z"], ["prob"]).Node("GreaterOrEqual", ["prob", "cut"], ["high"])
            .Node("Cast", ["high"], ["whole"], "", ("to", (long)TensorProto.Types.DataType.Int64)).Node("Reshape", ["whole", "flat"], ["label"])
            .Output("label", TensorProto.Types.DataType.Int64, (long?)null).Output("prob", TensorProto.Types.DataType.Float, null, 1).Build();

        MadeVariant made = MakeVariant.Run(parent, Recipe(StudentFamily.Logistic), Given(parent), null, default);

        Assert.InRange(made.Student!.Fidelity!.Value, 0.97, 1);
        float[] probe = Draw(200, 4);
        double[] labels = Say(made.Model, probe, "label");
        double[] scores = Say(made.Model, probe, "prob");
        Assert.Contains(scores.Zip(labels), pair => pair.First is > 0.55 and < 0.75 && pair.Second == 0);
        Assert.DoesNotContain(scores.Zip(labels), pair => pair.First > 0.83 && pair.Second == 0);
    }

    // A policy that asks for 80 % gets 80 %: Wilson's interval by its own formula.
    [Fact]
    public void Intervals_are_at_the_level_that_the_rows_come_with()
    {
        byte[] parent = GivenModel.Logistic([1, 1, 1], 0);
        const double z = 1.2815515655446004;

        StudentReport report = MakeVariant.Run(parent, Recipe(StudentFamily.Tree), Given(parent) with { Level = 0.8 }, null, default).Student!;

        (double p, double n) = (report.Fidelity!.Value, report.HeldOutRows);
        double centre = (p + (z * z / (2 * n))) / (1 + (z * z / n));
        double half = z / (1 + (z * z / n)) * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n)));
        Assert.Equal(0.8, report.Level);
        Assert.Equal(centre - half, report.FidelityInterval![0], 1e-9);
        Assert.Equal(centre + half, report.FidelityInterval[1], 1e-9);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_one_holds_other_rows_out()
    {
        byte[] parent = GivenModel.Logistic([1, 1, 1], 0);

        byte[] first = MakeVariant.Run(parent, Recipe(StudentFamily.Network), Given(parent), null, default).Model;
        byte[] again = MakeVariant.Run(parent, Recipe(StudentFamily.Network), Given(parent), null, default).Model;
        byte[] other = MakeVariant.Run(parent, Recipe(StudentFamily.Network) with { Seed = 2 }, Given(parent), null, default).Model;

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    // Each row three times: a copy of a held-out row must not be learned from.
    [Fact]
    public void No_held_out_row_is_learned_from_and_redrawn_rows_are_never_measured_on()
    {
        byte[] parent = GivenModel.Logistic([1, 1, 1], 0);
        VariantRows rows = Given(parent, copies: 3);
        using Teacher teacher = Teacher.Of(parent, null, default);

        TaughtRows taught = DistilModel.Taught(teacher, rows, Recipe(StudentFamily.Logistic), null, default).Taught;

        HashSet<string> learned = [.. StudentFeatures.Of(taught.Learned).Select(row => string.Join(' ', row))];
        string[] held = [.. StudentFeatures.Of(taught.HeldOut.Batch).Select(row => string.Join(' ', row))];
        Assert.DoesNotContain(held, learned.Contains);
        Assert.Equal(Count, learned.Count + held.Distinct().Count());
        Assert.Equal(taught.Learned.Rows, taught.Redrawn);
    }

    // Two columns of one level each and a number: a level is never split, and every cell was somebody's.
    [Fact]
    public void Redrawn_rows_are_made_of_whole_columns_of_real_rows()
    {
        Table table = new([TextColumn.Of("colour", [.. Enumerable.Range(0, 120).Select(row => row % 3 == 0 ? "red" : row % 3 == 1 ? "blue" : "green")]), new NumberColumn("size", [.. Enumerable.Range(0, 120).Select(row => (double)row)])]);
        ModelEncoding encoding = ModelEncoding.Read(System.Text.Encoding.UTF8.GetBytes(
            """{"inputs":[{"name":"x","features":[{"name":"red","column":"colour","kind":"onehot","level":"red"},{"name":"blue","column":"colour","kind":"onehot","level":"blue"},{"name":"green","column":"colour","kind":"onehot","level":"green"},{"name":"size","column":"size","kind":"numeric"}]}]}"""));
        byte[] parent = GivenModel.Logistic([1, 2, 3, 4], 0);
        using OnnxPredictor predictor = Load(parent);
        VariantRows rows = VariantRows.Of(predictor.Signature, encoding, table, null);

        float[][] drawn = StudentFeatures.Of(RedrawnRows.Of(rows.Batch, rows.Encoder!, 400, 7));

        Assert.All(drawn, row => Assert.Equal(1, row[0] + row[1] + row[2]));
        Assert.All(drawn, row => Assert.True(row[3] is >= 0 and < 120 && row[3] == (int)row[3]));
        int moved = drawn.Count(row => row[(int)row[3] % 3] != 1);
        Assert.InRange(moved, 140, 260); // one of two columns or both were exchanged in 3 of 4 rows, and two thirds of these changed colour
    }

    [Fact]
    public void What_cannot_learn_is_refused_in_words()
    {
        byte[] parent = GivenModel.Logistic([1, 1, 1], 0);
        byte[] text = new GivenModel().Input("x", TensorProto.Types.DataType.String, null, 1).Node("Identity", ["x"], ["label"])
            .Output("label", TensorProto.Types.DataType.String, null, 1).Build();

        string few = Refusal(() => MakeVariant.Run(parent, Recipe(StudentFamily.Trees), Given(parent, rows: 99), null, default));
        string picture = Refusal(() =>
        {
            using ReferenceModel digits = new("digits_cnn");
            MakeVariant.Run(digits.File, Recipe(StudentFamily.Trees), digits.Calibration, null, default);
        });
        string words = Refusal(() => Teacher.Of(text, null, default));
        string empty = Refusal(() => MakeVariant.Run(parent, Recipe(StudentFamily.Network), Given(parent, missing: true), null, default));
        string cold = Refusal(() => MakeVariant.Run(parent, Recipe(StudentFamily.Trees) with { Temperature = 0.5 }, Given(parent), null, default));

        Assert.Contains("at least 100 rows", few, StringComparison.Ordinal);
        Assert.Contains("is a picture", picture, StringComparison.Ordinal);
        Assert.Contains("is text", words, StringComparison.Ordinal);
        Assert.Contains("Students of trees can", empty, StringComparison.Ordinal);
        Assert.Contains("temperature lies between", cold, StringComparison.Ordinal);
    }

    private static string Refusal(Action make) => Assert.Throws<InputException>(make).Message;

    private static VariantRecipe Recipe(StudentFamily family) => new() { Kind = VariantKind.Distil, Student = family, Seed = 1 };

    private static VariantRows Given(byte[] parent, int rows = Count, int copies = 1, bool missing = false)
    {
        float[] values = Draw(rows, 3);
        Table table = new([.. Enumerable.Range(0, 3).Select(column => new NumberColumn(
            $"c{column}", [.. Enumerable.Range(0, rows * copies).Select(row => missing && row == 5 ? double.NaN : values[(row % rows * 3) + column])]))]);
        using OnnxPredictor predictor = Load(parent);
        return VariantRows.Of(predictor.Signature, null, table, null);
    }

    private static float[] Draw(int rows, int seed)
    {
        SeededRandom random = new(seed, 1);
        float[] values = new float[rows * 3];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)((4 * random.NextDouble()) - 2);
        }

        return values;
    }

    private static double[] Say(byte[] model, float[] rows, string output)
    {
        using OnnxPredictor predictor = Load(model);
        return predictor.Predict(new InputBatch([new InputTensor("x", rows, 3, [3])]), default)[output].Numbers!;
    }

    private static OnnxPredictor Load(byte[] file) => OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default);
}
