//! Recovery codes: ten, for who has no phone at hand, each good once.

#![expect(
    clippy::disallowed_methods,
    reason = "rows of the platform plane belong to no firm; the lint guards the tenant plane"
)]

use crate::auth::tokens::hash_token;
use crate::platform::second_factor::recovery_code::{ActiveModel, Column, Entity};
use chrono::{DateTime, Utc};
use ebenezer_shared::two_factor::RECOVERY_CODES;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, Set,
};
use uuid::Uuid;

/// Digits and letters that nobody takes for one another (Crockford's Base32).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Letters of a code: 80 random bits.
const LENGTH: usize = 16;
/// Letters of a group; the groups stand apart for reading.
const GROUP: usize = 4;

/// A code as it is shown.
fn new_code() -> String {
    let random: [u8; LENGTH] = rand::random();
    let letters: Vec<char> = random
        .iter()
        .filter_map(|byte| ALPHABET.get(usize::from(byte % 32)).copied().map(char::from))
        .collect();
    let groups: Vec<String> =
        letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect();
    groups.join("-")
}

/// A code without what people add or mistake when they type it; none when it cannot be one.
fn plain(typed: &str) -> Option<String> {
    let letters: String = typed
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .map(|letter| match letter.to_ascii_lowercase() {
            'i' | 'l' => '1',
            'o' => '0',
            other => other,
        })
        .collect();
    let known = letters.bytes().all(|byte| ALPHABET.contains(&byte));
    (letters.len() == LENGTH && known).then_some(letters)
}

/// What is stored of a code; none when it cannot be one.
pub fn hash_of(user: Uuid, typed: &str) -> Option<String> {
    plain(typed).map(|code| hash_token(&format!("{user}:{code}")))
}

/// Makes a new set in place of the old one.
pub async fn renew(
    db: &impl ConnectionTrait,
    user: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<String>, DbErr> {
    forget(db, user).await?;
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| new_code()).collect();
    let rows = codes.iter().filter_map(|code| {
        Some(ActiveModel {
            user_id: Set(user),
            hash: Set(hash_of(user, code)?),
            created_at: Set(now),
            used_at: Set(None),
        })
    });
    Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(codes)
}

/// Takes all of the user's codes away.
pub async fn forget(db: &impl ConnectionTrait, user: Uuid) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::UserId.eq(user)).exec(db).await.map(|_| ())
}

/// Takes a code, once: false when there is none such, or it was taken before.
pub async fn take(
    db: &impl ConnectionTrait,
    user: Uuid,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .filter(Column::UserId.eq(user))
        .filter(Column::Hash.eq(hash))
        .filter(Column::UsedAt.is_null())
        .col_expr(Column::UsedAt, Expr::value(now))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Whether the code was not taken yet.
pub async fn is_good(db: &impl ConnectionTrait, user: Uuid, hash: &str) -> Result<bool, DbErr> {
    let known = Entity::find_by_id((user, hash.to_owned())).one(db).await?;
    Ok(known.is_some_and(|code| code.used_at.is_none()))
}

/// How many codes are left.
pub async fn left(db: &impl ConnectionTrait, user: Uuid) -> Result<u64, DbErr> {
    Entity::find().filter(Column::UserId.eq(user)).filter(Column::UsedAt.is_null()).count(db).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let code = new_code();
        let bare = code.replace('-', "");
        assert_eq!((code.len(), bare.len()), (19, 16));
        for typed in
            [code.to_uppercase(), bare.clone(), format!(" {code} "), code.replace('-', " ")]
        {
            assert_eq!(plain(&typed).as_deref(), Some(bare.as_str()), "{typed}");
        }
        assert_eq!(plain("OIl0-0000-0000-0000").as_deref(), Some("0110000000000000"));
        for bad in
            ["", "123456", "0000-0000-0000-000", "0000-0000-0000-000u", "0000-0000-0000-000ñ"]
        {
            assert_eq!(plain(bad), None, "{bad}");
        }
    }

    #[test]
    fn equal_codes_of_two_users_are_stored_differently() {
        let code = new_code();
        let (a, b) = (Uuid::now_v7(), Uuid::now_v7());
        assert_ne!(hash_of(a, &code), hash_of(b, &code));
        assert_eq!(hash_of(a, &code), hash_of(a, &code.to_uppercase()));
    }
}
