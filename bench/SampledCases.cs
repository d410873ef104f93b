using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;
using Governance.Audit.Tests.Explanations;

namespace Governance.Bench;

/// <summary>The six cases that sampled explanations are judged by.</summary>
internal static class SampledCases
{
    private const int HmdaRows = 10;
    private const int Background = 100;

    /// <summary>The cases that are there: three of them need the reference folder.</summary>
    public static IEnumerable<SampledCase> All()
    {
        foreach (string model in (string[])["gbm", "mlp", "logreg"])
        {
            if (Adult(model) is SampledCase adult)
            {
                yield return adult;
            }
        }

        yield return Hmda();
        yield return TreeGame.Read("breast_cancer");
        yield return TreeGame.Read("friedman");
    }

    /// <summary>A case by its short name: gbm, mlp, logreg, hmda, breast_cancer or friedman; null where it is not there.</summary>
    public static SampledCase? Find(string name) => name switch
    {
        "gbm" or "mlp" or "logreg" => Adult(name),
        "hmda" => Hmda(),
        "breast_cancer" or "friedman" => TreeGame.Read(name),
        _ => null,
    };

    /// <summary>A model of the Adult goldens in probability: 12 features, 50 rows; null without the reference folder.</summary>
    public static SampledCase? Adult(string model)
    {
        string path = Path.Combine(Folders.Reference ?? "", "goldens", "shap", $"{model}_exact.npz");
        if (!File.Exists(path))
        {
            return null;
        }

        const int players = 12;
        double[] tables = ValueTables.Read(path, "v_prob");
        return new SampledCase($"Adult {model}", players, [.. tables.Chunk(1 << players).Select(table => SampledCase.Of(table, players))]);
    }

    /// <summary>The committed boosted trees on HMDA, probability of denial, 13 features, all 2^13 coalitions of ten rows.</summary>
    public static SampledCase Hmda()
    {
        string folder = Path.Combine(Folders.Samples, "models", "hmda_gbt");
        byte[] file = File.ReadAllBytes(Path.Combine(folder, "model.onnx"));
        ModelEncoding encoding = ModelEncoding.Read(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
        PredictorOptions run = new() { Provider = "cpu" };
        using OnnxPredictor predictor = OnnxPredictor.Load(file, run, CancellationToken.None);
        using ModelScorer scorer = ModelScorer.Load(predictor, file, run, new ScorerOptions(), CancellationToken.None);
        Table test = Read("test.csv");
        RowEncoder encoder = RowEncoder.For(predictor.Signature, encoding, test, null);
        InputBatch rows = encoder.Encode(test.Head(HmdaRows));
        MaskedBackground background = new(encoder.Encode(Read("train.csv").Head(Background)), null, encoder.Players());
        CountedModel model = new(scorer.Score);
        double[] empty = background.BaseValue(model, 1, 1, CancellationToken.None);
        int players = background.Players.Count;
        return new SampledCase("HMDA boosted trees", players, [.. Enumerable.Range(0, HmdaRows).Select(row =>
        {
            MaskedGame game = new(background, rows.Slice(row, 1), model, empty, CancellationToken.None);
            return SampledCase.Of(game.Value(CoalitionSet.All(players), 1, CancellationToken.None), players);
        })]);
    }

    private static Table Read(string name)
    {
        using FileStream stream = File.OpenRead(Path.Combine(Folders.Samples, "hmda", name));
        return CsvTable.Read(stream, CancellationToken.None);
    }
}
