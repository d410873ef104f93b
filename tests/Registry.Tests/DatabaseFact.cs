using System.ComponentModel;
using Governance.Tests;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Governance.Registry.Tests;

/// <summary>A fact about storage: it runs on SQLite and on PostgreSQL, whichever <see cref="Given"/> the test asks for.</summary>
/// <remarks><c>--filter Database=PostgreSql</c> runs one half. Without a server that half is skipped, with the reason.</remarks>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Governance.Registry.Tests.DatabaseFactDiscoverer", "Governance.Registry.Tests")]
public sealed class DatabaseFactAttribute : FactAttribute;

/// <summary>Facts about storage with data: each row runs on SQLite and on PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Governance.Registry.Tests.DatabaseTheoryDiscoverer", "Governance.Registry.Tests")]
public sealed class DatabaseTheoryAttribute : TheoryAttribute;

/// <summary>Makes two cases of a <see cref="DatabaseFactAttribute"/>.</summary>
public sealed class DatabaseFactDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        Enum.GetValues<Database>().Select(database => new DatabaseTestCase(messages, discoveryOptions, testMethod, database, null));
}

/// <summary>Makes two cases of every row of a <see cref="DatabaseTheoryAttribute"/>.</summary>
public sealed class DatabaseTheoryDiscoverer(IMessageSink messages) : TheoryDiscoverer(messages)
{
    protected override IEnumerable<IXunitTestCase> CreateTestCasesForDataRow(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute, object[] dataRow) =>
        Enum.GetValues<Database>().Select(
            database => new DatabaseTestCase(DiagnosticMessageSink, discoveryOptions, testMethod, database, dataRow));

    protected override IEnumerable<IXunitTestCase> CreateTestCasesForTheory(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        throw new InvalidOperationException($"The rows of {testMethod.Method.Name} must be of types that xunit can serialize.");
}

/// <summary>A test case that says on which database it runs.</summary>
public sealed class DatabaseTestCase : XunitTestCase
{
    private Database database;

    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("For deserialization only.")]
    public DatabaseTestCase()
    {
    }

    public DatabaseTestCase(
        IMessageSink messages, ITestFrameworkDiscoveryOptions options, ITestMethod method, Database database, object[]? arguments)
        : base(messages, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, arguments) =>
        this.database = database;

    public override void Serialize(IXunitSerializationInfo data)
    {
        base.Serialize(data);
        data.AddValue(nameof(database), database.ToString());
    }

    public override void Deserialize(IXunitSerializationInfo data)
    {
        database = Enum.Parse<Database>(data.GetValue<string>(nameof(database))); // first: the base takes the name from it
        base.Deserialize(data);
    }

    public override async Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink, IMessageBus messageBus, object[] constructorArguments, ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource)
    {
        Databases.Current = database; // flows into the test and into what it starts, not out of this method
        return await base.RunAsync(diagnosticMessageSink, messageBus, constructorArguments, aggregator, cancellationTokenSource);
    }

    protected override void Initialize()
    {
        base.Initialize();
        DisplayName += $" on {database}";
        Traits.Add(nameof(Database), [database.ToString()]);
        SkipReason ??= database == Database.PostgreSql ? PostgreSqlServer.Missing : null;
    }

    protected override string GetUniqueID() => $"{base.GetUniqueID()}-{database}";
}
