using Governance.Audit.Data;
using Governance.Audit.Quarantine;
using Governance.Tests;

namespace Governance.Audit.Tests.Quarantine;

/// <summary>
/// Whatever happens to the bytes of a model, the pre-parser accepts or refuses: no other exception, no long wait, no
/// much memory. The long run is <c>dotnet run --project bench -- fuzz-onnx</c>.
/// </summary>
public sealed class MutationTests
{
    private const int Count = 4_000;
    private const int Seed = 20_261;

    [Fact]
    public void Damaged_models_are_accepted_or_refused_in_little_time_and_memory()
    {
        ModelMutations damaged = new(Sound(), Seed);
        int refused = 0;
        for (int i = 0; i < Count; i++)
        {
            byte[] file = damaged[i];
            long before = GC.GetAllocatedBytesForCurrentThread();
            double started = ModelMutations.ProcessorSeconds();
            try
            {
                PreParser.Read(file, ModelLimits.Default);
            }
            catch (InputException refusal)
            {
                refused++;
                Assert.InRange(refusal.Message.Length, 10, 600);
                Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
            }
            catch (Exception fault)
            {
                Assert.Fail($"Mutation {i} of seed {Seed}: {fault}");
            }

            Assert.True(ModelMutations.ProcessorSeconds() - started < 2, $"Mutation {i} took too long.");
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 256L << 20, $"Mutation {i} took too much memory.");
        }

        Assert.InRange(refused, Count / 3, Count);
    }

    private static List<byte[]> Sound() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Reference.Repository, "samples", "models"), "*.onnx", SearchOption.AllDirectories).Order().Select(File.ReadAllBytes),
        GivenModel.Logistic([2, -1], 0.5f), GivenModel.ZipMapped([2, -1], 0.5f, "no", "yes"), HostileModels.Loop(10), HostileModels.Functions(3),
    ];
}
