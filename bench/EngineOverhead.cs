using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Microsoft.ML.OnnxRuntime;

namespace Governance.Bench;

/// <summary>What the engine adds to a model row: against a loop that does nothing but call ONNX Runtime.</summary>
/// <remarks>
/// The minimal loop binds one input and one output buffer before it starts, and runs full batches of the same rows with
/// one thread. The two are measured in turns, so that what else the machine does hits both.
/// </remarks>
internal static class EngineOverhead
{
    private const int Rounds = 15;

    private const int Rows = 1 << 16;

    /// <summary>Measures the Adult models.</summary>
    public static void Run()
    {
        if (Folders.Reference is not string reference)
        {
            Console.WriteLine("No reference folder, so there is nothing to measure.");
            return;
        }

        ResultTable table = new("model", "batch", "ONNX Runtime µs/row", "predictor µs/row", "scorer µs/row", "overhead µs/row");
        string goldens = Path.Combine(reference, "goldens", "shap");
        foreach (string name in (string[])["logreg", "gbm", "mlp"])
        {
            byte[] model = File.ReadAllBytes(Path.Combine(goldens, "models", $"{name}.onnx"));
            foreach (int batch in (int[])[256, 1024, 4096])
            {
                Measure(table, name, model, Path.Combine(goldens, "inputs_X50.csv"), batch);
            }
        }
    }

    private static void Measure(ResultTable table, string name, byte[] model, string data, int batchRows)
    {
        PredictorOptions run = new() { Provider = "cpu", BatchRows = batchRows };
        using OnnxPredictor predictor = OnnxPredictor.Load(model, run, CancellationToken.None);
        using ModelScorer scorer = ModelScorer.Load(predictor, model, run, new ScorerOptions(), CancellationToken.None);
        InputBatch batch = Rows50(data, predictor.Signature);
        using MinimalLoop minimal = new(model, (float[])batch.Tensors[0].Values, batch.Tensors[0].Width, scorer.Output, predictor.Signature, batchRows);
        double[] bare = new double[Rounds];
        double[] predicted = new double[Rounds];
        double[] scored = new double[Rounds];
        for (int round = -2; round < Rounds; round++)
        {
            double a = Cpu(minimal.Run);
            double b = Cpu(() => predictor.Predict(batch, CancellationToken.None));
            double c = Cpu(() => scorer.Score(batch, CancellationToken.None));
            if (round >= 0)
            {
                (bare[round], predicted[round], scored[round]) = (a, b, c);
            }
        }

        Array.Sort(bare);
        Array.Sort(predicted);
        Array.Sort(scored);
        const int Middle = Rounds / 2;
        table.Row(
            name, batchRows.ToString(CultureInfo.InvariantCulture), Number(bare[Middle]), Number(predicted[Middle]), Number(scored[Middle]),
            Number(scored[Middle] - bare[Middle]));
    }

    // Microseconds a row of this thread's processor time.
    private static double Cpu(Action work)
    {
        GC.Collect();
        double before = ThreadTime.Seconds();
        work();
        return (ThreadTime.Seconds() - before) * 1e6 / Rows;
    }

    private static InputBatch Rows50(string path, ModelSignature signature)
    {
        using FileStream stream = File.OpenRead(path);
        Table table = CsvTable.Read(stream, CancellationToken.None);
        InputBatch few = RowEncoder.For(signature, null, table).Encode(table);
        return few.Take([.. Enumerable.Range(0, Rows).Select(row => row * 7 % few.Rows)]);
    }

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private sealed class MinimalLoop : IDisposable
    {
        private readonly InferenceSession session;
        private readonly RunOptions options = new();
        private readonly OrtValue[] inputs;
        private readonly OrtValue[] outputs;
        private readonly string[] inputNames;
        private readonly string[] outputNames;
        private readonly float[] all;
        private readonly float[] input;
        private readonly float[] output;
        private readonly int batchRows;
        private readonly int width;

        public MinimalLoop(byte[] model, float[] all, int width, string output, ModelSignature signature, int batchRows)
        {
            using SessionOptions session = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
            this.session = new InferenceSession(model, session);
            this.all = all;
            this.width = width;
            this.batchRows = batchRows;
            long columns = signature.Outputs.First(each => each.Name == output).Shape[1] ?? 1;
            input = new float[batchRows * width];
            this.output = new float[batchRows * columns];
            inputs = [OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, input.AsMemory(), [batchRows, width])];
            outputs = [OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, this.output.AsMemory(), [batchRows, columns])];
            inputNames = [signature.Inputs[0].Name];
            outputNames = [output];
        }

        public void Run()
        {
            for (int start = 0; start < all.Length; start += input.Length)
            {
                Array.Copy(all, start, input, 0, input.Length);
                session.Run(options, inputNames, inputs, outputNames, outputs);
            }
        }

        public void Dispose()
        {
            foreach (OrtValue value in (OrtValue[])[.. inputs, .. outputs])
            {
                value.Dispose();
            }

            options.Dispose();
            session.Dispose();
        }
    }
}
