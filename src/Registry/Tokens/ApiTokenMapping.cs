using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Governance.Registry.Tokens;

internal sealed class ApiTokenMapping : IEntityTypeConfiguration<ApiToken>
{
    // Names of models and networks hold no space: see NameRule and IPNetwork.
    private const char Between = ' ';
    private const int MostModels = ApiToken.MaxListed * 101;
    private const int MostNetworks = ApiToken.MaxListed * 50;

    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.ToTable("Tokens");
        builder.HasKey(token => token.Id);
        builder.Property(token => token.Id).ValueGeneratedNever();
        builder.Ignore(token => token.Subject);
        builder.Property(token => token.Name).HasMaxLength(ApiToken.MaxNameLength);
        builder.Property(token => token.Hint).HasMaxLength(TokenText.HintLength);
        builder.Property(token => token.Revision).IsConcurrencyToken();
        builder.Property(token => token.Scopes).HasMaxLength(100).HasConversion(
            new ValueConverter<IReadOnlyList<TokenScope>, string>(
                scopes => string.Join(Between, scopes),
                text => Split(text).Select(Enum.Parse<TokenScope>).ToArray()),
            Compare<TokenScope>());
        builder.Property(token => token.Models).HasMaxLength(MostModels).HasConversion(Words(), Compare<string>());
        builder.Property(token => token.Networks).HasMaxLength(MostNetworks).HasConversion(Words(), Compare<string>());
        builder.HasIndex(token => token.Secret).IsUnique();
        builder.HasIndex(token => token.Account);
    }

    private static ValueConverter<IReadOnlyList<string>, string> Words() =>
        new(words => string.Join(Between, words), text => Split(text));

    private static ValueComparer<IReadOnlyList<T>> Compare<T>() => new(
        (one, other) => one!.SequenceEqual(other!), list => list.Count, list => list);

    private static string[] Split(string text) => text.Split(Between, StringSplitOptions.RemoveEmptyEntries);
}

internal sealed class TokenUseMapping : IEntityTypeConfiguration<TokenUse>
{
    public void Configure(EntityTypeBuilder<TokenUse> builder)
    {
        builder.ToTable("TokenUses");
        builder.HasKey(use => use.Token);
        builder.Property(use => use.Token).ValueGeneratedNever();
        builder.HasOne<ApiToken>().WithOne().HasForeignKey<TokenUse>(use => use.Token).OnDelete(DeleteBehavior.Restrict);
    }
}
