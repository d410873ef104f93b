using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Theft.Attacks;
using Governance.Audit.Theft.Gauge;
using Governance.Tests;
using Xunit.Abstractions;

namespace Governance.Audit.Tests.Theft.Gauge;

/// <summary>Copies made of answers of the sample models, gauged on the owner's rows.</summary>
public sealed class MeasureGaugeTests(ITestOutputHelper output)
{
    private static readonly string Samples = Path.Combine(Reference.Repository, "samples");

    [Fact]
    public void Few_answers_are_no_copy_and_as_many_exact_ones_as_a_linear_model_has_unknowns_are()
    {
        using Case one = Case.Of("hmda_logreg");

        GaugeFigures few = one.Read(PredictionForm.LabelOnly, 12);
        GaugeFigures exact = one.Read(PredictionForm.Full, 60);

        output.WriteLine($"retrain {one.Gauge.Retrain}\nfew {few}\nexact {exact}");
        Assert.True(one.Gauge.Retrain.Fidelity > 0.9);
        Assert.True(few.Fidelity < 0.9 * one.Gauge.Retrain.Fidelity);
        Assert.True(exact.Fidelity > 0.9 * one.Gauge.Retrain.Fidelity);
        Assert.InRange(exact.Fidelity, exact.Low, exact.High);
    }

    [Fact]
    public void The_same_answers_give_the_same_figures_and_each_time_of_more_answers_more()
    {
        using Case one = Case.Of("hmda_gbt");

        GaugeFigures[] readings = [.. new[] { 20, 100 }.Select(count => one.Read(PredictionForm.OneDecimal, count))];

        output.WriteLine($"retrain {one.Gauge.Retrain}\n{string.Join('\n', readings.Select(reading => reading.ToString()))}");
        Assert.Equal(readings[1], one.Read(PredictionForm.OneDecimal, 100));
        Assert.True(readings[0].Fidelity < readings[1].Fidelity);
        Assert.All(readings, reading => Assert.True(reading.Fidelity < 0.9 * one.Gauge.Retrain.Fidelity)); // honest rows of a day's budget
    }

    [Fact]
    public void Answers_come_back_from_their_bytes_and_the_oldest_make_room()
    {
        KeptAnswers kept = new(["a", "b"]);
        KeptAnswer answer = new(
            DateTimeOffset.UnixEpoch, ["1", null], "yes", new Dictionary<string, double> { ["yes"] = 0.7 }, null, null, new Dictionary<string, double> { ["a"] = -0.2 }, true);
        kept.Add(Enumerable.Range(0, KeptAnswers.Most + 3).Select(at => answer with { Cells = [at.ToString(System.Globalization.CultureInfo.InvariantCulture), null] }));
        kept.Measured = 9;

        KeptAnswers read = KeptAnswers.Read(kept.ToBytes(), ["a", "b"])!;

        Assert.Equal((KeptAnswers.Most, KeptAnswers.Most + 3, 9), (read.Rows.Count, read.Total, read.Measured));
        Assert.Equal(["3", null], read.Rows[0].Cells);
        Assert.Equal(("yes", 0.7, -0.2, true), (read.Rows[0].Label, read.Rows[0].Probabilities!["yes"], read.Rows[0].Attributions!["a"], read.Rows[0].InUnits));
        Assert.Null(KeptAnswers.Read(kept.ToBytes(), ["a"]));
        Assert.Null(KeptAnswers.Read("no"u8.ToArray(), ["a", "b"]));
    }

    [Fact]
    public void A_counterfactual_in_full_is_a_second_answer_and_a_masked_one_is_not()
    {
        Table rows = new([new NumberColumn("a", [1]), TextColumn.Of("b", ["x"])]);
        AnsweredRow Row(params string[] masked) => new(
            new ReleasedPrediction("no", null, null, null), PredictionForm.LabelOnly, null, null, new OtherRow("yes", "row", [new CellChange("a", "1", "2")], masked), 25);

        KeptAnswer[] both = [.. KeptAnswer.Of(["a", "b"], rows, 0, Row(), DateTimeOffset.UnixEpoch)];

        Assert.Equal(["no", "yes"], both.Select(one => one.Label));
        Assert.Equal(["2", "x"], both[1].Cells);
        Assert.Single(KeptAnswer.Of(["a", "b"], rows, 0, Row("b"), DateTimeOffset.UnixEpoch));
    }

    /// <summary>A sample model, its owner's rows, and somebody's honest rows.</summary>
    private sealed record Case(OnnxPredictor Predictor, Victim Victim, MeasureGauge Gauge, Table Asked) : IDisposable
    {
        public static Case Of(string name)
        {
            string folder = Path.Combine(Samples, "models", name);
            OnnxPredictor predictor = OnnxPredictor.Load(File.ReadAllBytes(Path.Combine(folder, "model.onnx")), new PredictorOptions { Threads = 1 }, default);
            ModelEncoding encoding = ModelEncoding.Read(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
            Victim victim = Victim.Of(predictor, new RowEncoder(predictor.Signature, encoding), new DecisionRule(predictor.Signature, encoding), Read("train"), default);
            return new Case(predictor, victim, MeasureGauge.Of(victim, default), Read("test"));
        }

        public GaugeFigures Read(PredictionForm form, int count)
        {
            Table asked = Asked.Head(count);
            VictimAnswers full = Victim.Answer(asked, default);
            OutputPolicy policy = new(form, AttributionForm.None, CounterfactualForm.None);
            KeptAnswers kept = new(Gauge.Columns);
            for (int row = 0; row < count; row++)
            {
                ReleasedPrediction released = policy.Apply(new RowPrediction(Victim.Classes[full.Labels[row]], Victim.Classes, full.Scores[row], null));
                kept.Add(KeptAnswer.Of(kept.Columns, asked, row, new AnsweredRow(released, form, null, null, null, 2), DateTimeOffset.UnixEpoch));
            }

            return Gauge.Run(kept, default);
        }

        public void Dispose() => Predictor.Dispose();

        private static Table Read(string split)
        {
            using Stream file = File.OpenRead(Path.Combine(Samples, "hmda", $"{split}.csv"));
            return TableFile.Read(file, default);
        }
    }
}
