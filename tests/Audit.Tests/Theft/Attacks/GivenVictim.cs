using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Theft.Attacks;
using Governance.Tests;

namespace Governance.Audit.Tests.Theft.Attacks;

/// <summary>A model with rows, ready to be attacked.</summary>
internal sealed class GivenVictim : IDisposable
{
    private readonly OnnxPredictor predictor;

    private GivenVictim(byte[] file, ModelEncoding? encoding, Table heldOut, Table? training, string? label)
    {
        PredictorOptions run = new() { Threads = 1 };
        predictor = OnnxPredictor.Load(file, run, default);
        string[] columns = [.. heldOut.Columns.Select(column => column.Name).Where(name => name != label)];
        RowEncoder encoder = RowEncoder.For(predictor.Signature, encoding, heldOut, columns);
        DecisionRule rule = new(predictor.Signature, encoder.Encoding);
        Request = new RedTeamRequest
        {
            Predictor = predictor,
            Model = file,
            Run = run,
            Encoder = encoder,
            Rule = rule,
            HeldOut = heldOut,
            Training = training,
            Label = label,
            Release = ReleaseClasses.Of(ReadModelFacts.Of(new ModelGraph(file), predictor.Signature.Inputs, rule.ScoreOutput)),
            Policies = OutputPolicies.Default,
            Audiences = [Audience.Consumer],
            Seed = 7,
        };
    }

    /// <summary>All attacks without protection and as a consumer, with seed 7.</summary>
    public RedTeamRequest Request { get; }

    /// <summary>A committed HMDA model, its training rows and its held-out rows.</summary>
    public static GivenVictim Hmda(string model) => Files(
        Path.Combine(Reference.Repository, "samples", "models", model), Path.Combine(Reference.Repository, "samples", "hmda"), "deny", "train.csv");

    /// <summary>A reference model; skips visibly where the folder is not there.</summary>
    public static GivenVictim Shared(string model, string data, string label, string training = "train.csv") => Files(
        Reference.Path("data", "models", model), Reference.Path("data", "datasets", data), label, training);

    /// <summary>A model built by a test, on rows of numbers between -1 and 1 in columns x0, x1, …</summary>
    public static GivenVictim Of(byte[] file, int columns, int rows = 400)
    {
        SeededRandom random = new(3, 0);
        double[][] cells = [.. Enumerable.Range(0, columns).Select(_ => new double[rows])];
        for (int row = 0; row < rows; row++)
        {
            foreach (double[] column in cells)
            {
                column[row] = (float)((2 * random.NextDouble()) - 1);
            }
        }

        return new GivenVictim(file, null, new Table([.. cells.Select((values, i) => new NumberColumn($"x{i}", values))]), null, null);
    }

    /// <summary>A softmax regression of three classes: one output "probabilities".</summary>
    public static byte[] Softmax(float[] weights, float[] biases) => new GivenModel()
        .Input("x", TensorProto.Types.DataType.Float, null, weights.Length / biases.Length)
        .Weights("w", [weights.Length / biases.Length, biases.Length], weights)
        .Weights("b", [biases.Length], biases)
        .Node("MatMul", ["x", "w"], ["xw"])
        .Node("Add", ["xw", "b"], ["z"])
        .Node("Softmax", ["z"], ["probabilities"], "", ("axis", 1L))
        .Output("probabilities", TensorProto.Types.DataType.Float, null, biases.Length)
        .Build();

    /// <summary>Runs attacks on these terms.</summary>
    public RedTeamReport Run(Audience[] audiences, params string[] attacks) =>
        RunRedTeam.Run(Request with { Audiences = audiences, Attacks = attacks }, null, TimeProvider.System, default);

    /// <summary>The result of one attack.</summary>
    public static AttackResult One(RedTeamReport report, string attack, string role) =>
        report.Attacks.Single(result => result.Attack == attack && result.Role == role);

    /// <summary>The model as attacks see it, without explanations.</summary>
    public AttackedModel Attacked()
    {
        Table published = Request.Training ?? Request.HeldOut;
        Victim victim = Victim.Of(Request.Predictor, Request.Encoder, Request.Rule, published, default);
        return AttackedModel.Of(victim, null, Request.Encoder.Slots.Count, Request.Seed, default);
    }

    public void Dispose() => predictor.Dispose();

    private static GivenVictim Files(string model, string data, string label, string training)
    {
        using FileStream heldOut = File.OpenRead(Path.Combine(data, "test.csv"));
        using FileStream train = File.OpenRead(Path.Combine(data, training));
        return new GivenVictim(
            File.ReadAllBytes(Path.Combine(model, "model.onnx")), ModelEncoding.Read(File.ReadAllBytes(Path.Combine(model, "manifest.json"))),
            TableFile.Read(heldOut, default), TableFile.Read(train, default), label);
    }
}
